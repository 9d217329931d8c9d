import type { FactsOf, Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import type { HeaderMatcher, QueryParameterMatcher } from "../../model/match.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";
import { type Automaton, canBe } from "../sent-texts/automaton.js";
import { percentEncoded } from "../sent-texts/percent-encoded.js";
import { queryName, queryValue } from "../sent-texts/query-part.js";

export const valueNeverSent: Rule = {
  name: "value-never-sent",
  codes: ["MW0219"],
  description: "Conditions on query parameters and header values hold for texts that requests can carry.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RouteTable"))
      value.http.forEach(({ matchers }, index) => {
        matchers.forEach(({ headers, queryParameters }, i) => {
          const path = ["http", index, "matchers", i];
          queryParameters.forEach((each, place) => {
            reportParameter({ context, subject, path: [...path, "queryParameters", place] }, each);
          });
          headers.forEach((each, place) => {
            reportHeader({ context, subject, path: [...path, "headers", place] }, each);
          });
        });
      });
  },
};

interface ConditionPlace {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly path: Path;
}

function reportParameter({ context, subject, path }: ConditionPlace, { name, match }: QueryParameterMatcher): void {
  const report = (field: string, facts: FactsOf<"MW0219">): void =>
    context.findings.add("MW0219", subject, [...path, field], facts);
  if (!isDeferred(name) && !canBe(queryName, name))
    report("name", { what: "name of a query parameter", found: name, instead: escaped(queryName, name) });
  if (match.kind === "present" || isDeferred(match.value)) return;
  const found = match.value;
  if (match.kind === "exact") {
    const instead = escaped(queryValue, found);
    if (instead !== found) report("value", { what: "value of a query parameter", found, instead });
    return;
  }
  const compiled = context.compileRegex(found);
  if (!("reason" in compiled) && !compiled.meets(queryValue))
    report("value", { what: "value of a query parameter", found });
}

/** Envoy trims values before it compares them. */
function reportHeader({ context, subject, path }: ConditionPlace, { name, match, invert }: HeaderMatcher): void {
  if (match.kind !== "exact" || isDeferred(name) || isDeferred(match.value)) return;
  const found = match.value;
  const instead = found.replace(/^[ \t]+|[ \t]+$/g, "");
  if (instead === found) return;
  const facts = { what: "value of a header", found, instead, ...(invert && { invert }) } as const;
  context.findings.add("MW0219", subject, [...path, "value"], facts);
}

/** Returns a text with each character percent-encoded that can't occur in it. */
function escaped(automaton: Automaton, text: string): string {
  const isAllowed = (character: string): boolean => canBe(automaton, character);
  return [...text].map((each) => (isAllowed(each) ? each : percentEncoded(each))).join("");
}
