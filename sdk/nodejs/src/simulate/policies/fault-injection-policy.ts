import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { part, shown } from "./wording.js";

export const faultInjectionPolicy: SimulatedPolicy<"FaultInjectionPolicy"> = {
  describe: describeFault,
  filter: ({ value: { abort } }, { taken, request }) => {
    if (abort?.percentage !== 100) return undefined;
    // Envoy: FaultFilter::abortWithStatus (source/extensions/filters/http/fault/fault_filter.cc)
    const body = request.method === "HEAD" ? {} : { body: "fault filter abort" };
    return { kind: "aborted", ...taken, status: abort.httpStatus, ...body, by: "FaultInjectionPolicy" };
  },
};

function describeFault({ value: { delay, abort } }: AppliedPolicy<"FaultInjectionPolicy">): string {
  return [
    ...(delay ? [`${part(delay.percentage)} wait ${shown(delay.fixedDelay)}`] : []),
    ...(abort ? [`${part(abort.percentage)} are answered ${shown(abort.httpStatus)}`] : []),
  ].join(", ");
}
