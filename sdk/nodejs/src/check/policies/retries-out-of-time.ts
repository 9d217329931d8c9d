import type { FactsOf } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { millisecondsOf } from "../../model/duration.js";
import type { RetryTimeoutPolicy } from "../../model/retry-timeout-policy.js";
import { inFocus, type Rule } from "../rule.js";

export const retriesOutOfTime: Rule = {
  name: "retries-out-of-time",
  codes: ["MW0474"],
  description: "The timeout of a try ends before that of the whole request, which leaves time for a retry.",
  check(context) {
    for (const { subject, value } of inFocus(context, "RetryTimeoutPolicy")) {
      const facts = idleTimeout(value);
      if (facts !== undefined) context.findings.add("MW0474", subject, ["retries", "perTryTimeout"], facts);
    }
  },
};

function idleTimeout({ requestTimeout, retries }: RetryTimeoutPolicy): FactsOf<"MW0474"> | undefined {
  const perTryTimeout = retries?.perTryTimeout;
  if (perTryTimeout === undefined || requestTimeout === undefined) return undefined;
  if (isDeferred(perTryTimeout) || isDeferred(requestTimeout)) return undefined;
  const [each, whole] = [millisecondsOf(perTryTimeout), millisecondsOf(requestTimeout)];
  if (each === undefined || whole === undefined || each < whole) return undefined;
  return { perTryTimeout, requestTimeout };
}
