import { isKnown } from "../../model/deferred.js";
import { describeLocality } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const localityWeights: Rule = {
  name: "locality-weights",
  codes: ["MW0404"],
  description: "The weights of a locality mapping add up to 100.",
  check(context) {
    for (const { subject, value } of inFocus(context, "FailoverPolicy")) {
      value.localityMappings.forEach(({ from, to }, index) => {
        const weights = to.map(({ weight }) => weight).filter((weight) => weight !== undefined);
        const known = weights.filter((weight): weight is number => isKnown(weight));
        // a mix of targets with and without weights has its own finding
        if (known.length < to.length) return;
        const sum = known.reduce((all, weight) => all + weight, 0);
        if (sum === 100) return;
        const path = ["localityMappings", index, "to"];
        context.findings.add("MW0404", subject, path, { from: describeLocality(from), sum, weights: known });
      });
    }
  },
};
