import type { Authorization, IdentitySelector } from "../../model/access-policy.js";
import { inFocus, type Rule } from "../rule.js";

/** More rules than any real list of callers needs, and few enough to evaluate on every request. */
const MOST_RULES = 256;

export const accessTooLarge: Rule = {
  name: "access-too-large",
  codes: ["MW0486"],
  description: "The entries of an access policy expand to few enough rules for proxies to evaluate.",
  check(context) {
    for (const { subject, value } of inFocus(context, "AccessPolicy")) {
      const lists = [true, false].map((dryRun) => value.authorizations.filter((each) => each.dryRun === dryRun));
      const rules = Math.max(...lists.map((list) => product(list.map(conditionsOf))));
      if (rules <= MOST_RULES) continue;
      context.findings.add("MW0486", subject, ["authzList"], { policy: subject.name, rules, most: MOST_RULES });
    }
  },
};

/** Counts the ways in which a request can fail an authorization, as rendered. */
function conditionsOf({ allowedClients, headers, ...authorization }: Authorization): number {
  const { allowedPaths, allowedMethods, allowedIpBlocks, allowedRemoteIpBlocks } = authorization;
  const others = [allowedPaths, allowedMethods, allowedIpBlocks, allowedRemoteIpBlocks].filter(
    (each) => each !== undefined,
  );
  const ofHeaders = headers
    .flatMap(({ values, notValues }) => [values, notValues])
    .filter((each) => each !== undefined);
  const strangers = allowedClients === undefined ? 0 : product(allowedClients.map(partsOf));
  return strangers + others.length + ofHeaders.length;
}

function partsOf({ serviceAccountSelector, requestIdentityMatcher }: IdentitySelector): number {
  const { requestPrincipals, notRequestPrincipals } = requestIdentityMatcher ?? {};
  return [serviceAccountSelector, requestPrincipals, notRequestPrincipals].filter((each) => each !== undefined).length;
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all * each, 1);
}
