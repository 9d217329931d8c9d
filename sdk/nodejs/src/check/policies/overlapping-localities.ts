import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { localityCovers } from "../../model/failover-policy.js";
import type { Locality } from "../../model/fleet.js";
import { describeLocality, isKnownPlace } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const overlappingLocalities: Rule = {
  name: "overlapping-localities",
  codes: ["MW0407"],
  description: "The source localities of a policy do not overlap, nor do the targets of a mapping.",
  check(context) {
    for (const { subject, value } of inFocus(context, "FailoverPolicy")) {
      const mappings = value.localityMappings;
      report(
        context,
        subject,
        mappings.map(({ from }) => from),
        (index) => ["localityMappings", index, "from"],
      );
      mappings.forEach(({ to }, mapping) => {
        report(context, subject, to, (index) => ["localityMappings", mapping, "to", index]);
      });
    }
  },
};

function report(
  context: CheckContext,
  subject: Subject,
  places: readonly Locality[],
  pathOf: (index: number) => Path,
): void {
  places.forEach((place, index) => {
    if (!isKnownPlace(place)) return;
    const other = places
      .slice(0, index)
      .find((earlier) => isKnownPlace(earlier) && (localityCovers(earlier, place) || localityCovers(place, earlier)));
    if (other === undefined) return;
    context.findings.add("MW0407", subject, pathOf(index), {
      locality: describeLocality(place),
      other: describeLocality(other),
    });
  });
}
