import type { Subject } from "../../diagnostics/diagnostic.js";
import type { CheckContext } from "../rule.js";

/** True if a policy calls its server over gRPC. */
export function isAskedByGrpc({ model }: CheckContext, { kind, name }: Subject): boolean {
  if (kind !== "ExtAuthPolicy") return kind === "RateLimitPolicy";
  const policy = model.ExtAuthPolicy.get(name);
  return policy !== undefined && policy.http === undefined;
}
