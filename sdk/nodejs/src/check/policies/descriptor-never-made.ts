import { isDeferred } from "../../model/deferred.js";
import type { RateLimitAction } from "../../model/rate-limit-policy.js";
import { decidedHeader } from "../facts/seen-header.js";
import { type CheckContext, everyOne, inFocus, type Rule } from "../rule.js";

export const descriptorNeverMade: Rule = {
  name: "descriptor-never-made",
  codes: ["MW0499"],
  description: "Every descriptor of a rate limit can be made from the headers that gateways leave.",
  check(context) {
    // sidecars remove fewer headers
    if (everyOne(context, "RouteTable").some(({ value }) => value.sidecars !== undefined)) return;
    for (const { subject, value } of inFocus(context, "RateLimitPolicy"))
      (value.global?.rateLimits ?? []).forEach((actions, limit) => {
        actions.forEach((action, index) => {
          const header = missingHeader(context, action);
          if (header === undefined) return;
          const path = ["global", "rateLimits", limit, "actions", index, action.kind];
          context.findings.add("MW0499", subject, path, { header, actions: actions.length });
        });
      });
  },
};

/** Returns the header without which an action never makes an entry; undefined if it may make one. */
function missingHeader({ compileRegex }: CheckContext, action: RateLimitAction): string | undefined {
  if (action.kind === "requestHeaders") {
    if (action.skipIfAbsent !== false) return undefined;
    const header = { name: action.headerName, match: { kind: "present" }, invert: false } as const;
    return decidedHeader(header, compileRegex) && header.name;
  }
  if (action.kind !== "headerValueMatch" || isDeferred(action.expectMatch)) return undefined;
  const decided = action.headers.map((each) => ({ name: each.name, holds: decidedHeader(each, compileRegex)?.holds }));
  if (action.expectMatch === true) return decided.find(({ holds }) => holds === false)?.name;
  return decided.every(({ holds }) => holds === true) ? decided[0]?.name : undefined;
}
