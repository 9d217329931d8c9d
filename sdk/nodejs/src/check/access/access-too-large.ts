import type { Authorization, IdentitySelector } from "../../model/access-policy.js";
import { inFocus, type Rule } from "../rule.js";

/** More rules than any list of callers takes, and few enough for every request to be held against all of them. */
const MOST_RULES = 256;

export const accessTooLarge: Rule = {
  name: "access-too-large",
  codes: ["MW0486"],
  description: "The entries of an access policy combine to a number of rules that proxies can be given.",
  check(context) {
    for (const { subject, value } of inFocus(context, "AccessPolicy")) {
      const lists = [true, false].map((dryRun) => value.authorizations.filter((each) => each.dryRun === dryRun));
      const rules = Math.max(...lists.map((list) => product(list.map(conditionsOf))));
      if (rules <= MOST_RULES) continue;
      context.findings.add("MW0486", subject, ["authzList"], { policy: subject.name, rules, most: MOST_RULES });
    }
  },
};

/** In how many ways a request may not fit an authorization, as they are rendered. */
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
