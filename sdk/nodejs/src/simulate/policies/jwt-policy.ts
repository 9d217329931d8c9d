import { JWTValidationPolicy } from "../../args/jwt-policy.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import { judgeTokens } from "../jwt-authn.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, shown } from "./wording.js";

export const jwtPolicy: SimulatedPolicy<"JWTPolicy"> = {
  describe: describeTokens,
  filter: ({ value }, { taken, request, headers }) => {
    const verdict = judgeTokens(value, request, headers);
    if (verdict.kind === "passed") return undefined;
    if (verdict.kind === "notKnownYet") return { kind: "unanswered", reason: "notKnownYet", candidates: [] };
    const body = request.method === "HEAD" ? {} : { body: verdict.body };
    return { kind: "aborted", ...taken, status: verdict.status, ...body, by: "JWTPolicy" };
  },
};

function describeTokens({ value, targets = {} }: AppliedPolicy<"JWTPolicy">): string {
  const { providers, claims, requiredScopes, validationPolicy } = value;
  const issuers = Object.entries(providers).map(([name, { issuer, audiences }]) => {
    const audience = audiences.length === 0 ? "" : ` for ${audiences.map(shown).join(" or ")}`;
    return `${shown(issuer ?? name)}${audience}`;
  });
  const rules = claims.flatMap(({ key, values, notValues }) => [
    ...(values === undefined ? [] : [`${shown(key)} ${values.map(shown).join(" or ")}`]),
    ...(notValues.length === 0 ? [] : [`${shown(key)} not ${notValues.map(shown).join(" nor ")}`]),
  ]);
  const scopes = requiredScopes.length === 0 ? [] : [`scope ${requiredScopes.map(shown).join(" and ")}`];
  const must = [...rules, ...scopes];
  const else403 = must.length === 0 ? "" : `, with ${must.join(", ")}, else 403`;
  const servers = Object.entries(targets).map(([name, target]) => `${describeServer(target)} (${name})`);
  const keys =
    servers.length === 0
      ? ""
      : `; keys come from ${servers.join(" and ")}, and an otherwise valid token counts as signed here`;
  return `${NEED[String(validationPolicy)] ?? "requests with a token"} of ${issuers.join(" or ")}${else403}${keys}`;
}

/** The treatment of requests without a token, by `validationPolicy`. */
const NEED: Readonly<Record<string, string>> = {
  [JWTValidationPolicy.RequireValid]: "requests need a valid token, else 401,",
  [JWTValidationPolicy.AllowMissing]: "requests have no token or a valid one, else 401,",
  [JWTValidationPolicy.AllowMissingOrFailed]: "requests may have a token",
};
