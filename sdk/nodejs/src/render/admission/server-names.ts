/** Restricts the SNI that a DestinationRule sends: east-west gateways route by it. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celText } from "./cel.js";
import { isOwnService, isServiceName, isUsable } from "./hosts.js";
import type { Validation } from "./policy.js";

/** Prefix of Envoy's own server names: `outbound_.PORT_.SUBSET_.HOST`. */
const OUTBOUND = "outbound_";

/** Variables: server names of a DestinationRule, in lower case, that lead to others' hosts. */
export function serverNameVariables(guard: PlannedWorkspaceGuard): Readonly<Record<string, string>> {
  const of = (policy: string): string =>
    `[${policy}.?tls.?sni.orValue("")] + ` + `${policy}.?portLevelSettings.orValue([]).map(p, p.?tls.?sni.orValue(""))`;
  const parts = `s.split("_.")`;
  const host = `${parts}[${parts}.size() - 1]`;
  const isStrange =
    `s.startsWith(${celText(OUTBOUND)}) ? !(${isUsable(host, guard)}) : ` +
    `(${isServiceName("s", guard)} && !(${isOwnService("s", guard)}))`;
  return {
    serverNames:
      `[${of("object.?spec.?trafficPolicy")}] + ` +
      `object.?spec.?subsets.orValue([]).map(s, ${of("s.?trafficPolicy")})`,
    strange:
      `variables.serverNames.map(l, l.map(s, s.lowerAscii()).filter(s, s != "" && (${isStrange})))` +
      ".filter(l, l.size() > 0)",
  };
}

/** Rejects these server names. */
export function serverNamesRule({ maker }: PlannedWorkspaceGuard): Validation {
  return {
    expression: "variables.strange.size() == 0",
    message: "a server name leads to a host of others",
    sentence:
      `"server name " + variables.strange[0][0] + ` +
      celText(
        ` leads to a host that is not of workspace ${maker.name} nor used by it, ` +
          "expected one of these: change `sni`, or ask the operators to add the host to `guard.uses`",
      ),
  };
}
