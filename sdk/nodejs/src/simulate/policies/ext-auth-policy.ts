import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { describeServer, shown } from "./wording.js";

export const extAuthPolicy: SimulatedPolicy<"ExtAuthPolicy"> = {
  describe: describeAuth,
  // what the server answers is not known
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
  return `asks ${server} first; what that allows goes on as here, and while it fails a request ${failing}`;
}
