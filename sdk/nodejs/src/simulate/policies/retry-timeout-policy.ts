import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const retryTimeoutPolicy: SimulatedPolicy<"RetryTimeoutPolicy"> = {
  describe: describeRetries,
};

function describeRetries({ value: { retries, requestTimeout } }: AppliedPolicy<"RetryTimeoutPolicy">): string {
  const parts: string[] = [];
  if (retries?.attempts === 0) parts.push("no retries");
  else if (retries !== undefined) {
    const { attempts, retryOn, perTryTimeout } = retries;
    const each = perTryTimeout === undefined ? "" : ` of ${shown(perTryTimeout)} each`;
    parts.push(`up to ${shown(attempts)} retries${each}${retryOn === undefined ? "" : ` on ${shown(retryOn)}`}`);
  }
  if (requestTimeout !== undefined) parts.push(`at most ${shown(requestTimeout)} in total`);
  return parts.join(", ");
}
