import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, shown } from "./wording.js";

export const extAuthPolicy: SimulatedPolicy<"ExtAuthPolicy"> = {
  describe: describeAuth,
  // the server's response is unknown
  filter: () => undefined,
};

function describeAuth({
  value: { http, failureModeAllow, statusOnError },
  targets,
}: AppliedPolicy<"ExtAuthPolicy">): string {
  const server = `${describeServer(targets?.server)}${http === undefined ? "" : " over HTTP"}`;
  const failing =
    failureModeAllow === true
      ? "passes"
      : failureModeAllow === false
        ? `gets ${shown(statusOnError)}`
        : "passes or not";
  return `asks ${server} first; requests that it allows continue as shown, and if it fails a request ${failing}`;
}
