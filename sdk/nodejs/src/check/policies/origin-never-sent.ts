import { isDeferred } from "../../model/deferred.js";
import type { TextMatch } from "../../model/text-match.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";
import { canBe, canStartWith } from "../sent-texts/automaton.js";
import { origin } from "../sent-texts/origin.js";

export const originNeverSent: Rule = {
  name: "origin-never-sent",
  codes: ["MW0475"],
  description: "CORS policies allow origins as browsers send them.",
  check(context) {
    for (const { subject, value } of inFocus(context, "CORSPolicy"))
      value.allowOrigins.forEach((match, index) => {
        if (isDeferred(match.value) || canMatch(context, match)) return;
        const instead = match.kind === "regex" ? undefined : asOrigin(match);
        const facts = { ...match, ...(instead !== undefined && { instead }) };
        context.findings.add("MW0475", subject, ["allowOrigins", index, match.kind], facts);
      });
  },
};

/** Other values that Envoy compares: the origin of sandboxed pages, and a wildcard for every origin. */
const OTHERS = ["null", "*"];

function canMatch({ compileRegex }: CheckContext, { kind, value }: TextMatch): boolean {
  if (kind === "exact") return OTHERS.includes(value) || canBe(origin, value);
  if (kind === "prefix") return OTHERS.some((each) => each.startsWith(value)) || canStartWith(origin, value);
  const compiled = compileRegex(value);
  return "reason" in compiled || OTHERS.some(compiled.matches) || compiled.meets(origin);
}

/** Returns the origin that was probably meant; undefined if the text has none. */
function asOrigin({ kind, value }: TextMatch): string | undefined {
  const url = /^([A-Za-z][\w+.-]*:\/\/)?([^/?#@\s]+)\/?$/.exec(value);
  if (url === null) return undefined;
  const found = `${url[1] ?? "https://"}${url[2]}`.toLowerCase();
  return canMatchLiteral(kind, found) ? found : undefined;
}

function canMatchLiteral(kind: TextMatch["kind"], text: string): boolean {
  return kind === "prefix" ? canStartWith(origin, text) : canBe(origin, text);
}
