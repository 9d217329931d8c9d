import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { claimText } from "../../model/claim-match.js";
import { isDeferred } from "../../model/deferred.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

interface Condition {
  readonly name: string;
  readonly invert?: boolean;
}

export const repeatedCondition: Rule = {
  name: "repeated-condition",
  codes: ["MW0211"],
  description:
    "A matcher has at most one positive and one inverted condition per header, and one condition per query parameter.",
  check(context) {
    for (const { subject, value: table } of inFocus(context, "RouteTable")) {
      table.http.forEach((route, index) => {
        route.matchers.forEach(({ headers, queryParameters, claims = [] }, i) => {
          const path: Path = ["http", index, "matchers", i];
          if (headers.length > 1) report(context, subject, [...path, "headers"], headers);
          if (queryParameters.length > 1) report(context, subject, [...path, "queryParameters"], queryParameters);
          const named = claims.map((each) => ({ name: claimText(each) }));
          if (named.length > 1) report(context, subject, [...path, "claims"], named, true);
        });
      });
    }
  },
};

function report(
  context: CheckContext,
  subject: Subject,
  path: Path,
  conditions: readonly Condition[],
  isClaim = false,
): void {
  const places = new Map<string, { readonly name: string; readonly indexes: number[] }>();
  conditions.forEach(({ name, invert }, index) => {
    if (isDeferred(name)) return;
    const key = `${invert === true} ${name}`;
    const place = places.get(key);
    if (place === undefined) places.set(key, { name, indexes: [index] });
    else place.indexes.push(index);
  });
  for (const facts of places.values()) {
    if (facts.indexes.length > 1)
      context.findings.add("MW0211", subject, path, { ...facts, ...(isClaim && { isClaim }) });
  }
}
