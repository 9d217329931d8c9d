/** Guards the VirtualServices of a team. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celText, gatewayNamed } from "./cel.js";
import { delegateRule } from "./delegates.js";
import { exportRule, exportVariables } from "./exports.js";
import { headerRules, headerVariables } from "./headers.js";
import { foreignRule, hostsOf, isAllowedHost, isUsable } from "./hosts.js";
import { type GuardPolicy, istio, type Validation } from "./policy.js";
import { senderVariables } from "./senders.js";
import { namesGateway, routeVariables, STRAY, serverNameRule, strayVariables } from "./virtual-service.js";

/**
 * Guards the destinations of all routes, and the hosts of routes inside the mesh. The gateway's guard decides who may
 * use a gateway's hosts.
 */
export function teamRoutesPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const { eastWest } = guard;
  const isForeign = `!(${isAllowedHost("h", guard, "variables.isPrivate")})`;
  const isStray = `!(${isUsable("h", guard)})`;
  return {
    part: "virtual-services",
    on: istio("networking", "v1", "virtualservices"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      ...senderVariables(guard),
      ...routeVariables,
      // a VirtualService without gateways applies to the mesh
      onMesh: `variables.gateways.size() == 0 || ${namesGateway('g == "mesh"')}`,
      ...exportVariables(guard),
      foreign: `variables.onMesh ? variables.hosts.filter(h, ${isForeign}) : []`,
      ...strayVariables(isStray),
      ...headerVariables(),
    },
    validations: [
      foreignRule(guard, "directs calls of"),
      exportRule(guard, "!variables.onMesh"),
      guestRule(guard),
      serverNameRule(),
      delegateRule(guard.namespaces, `of workspace ${guard.maker.name}`, "variables.isGuest"),
      ...STRAY.map((stray) => strayRule(stray, guard)),
      ...headerRules(),
      ...(eastWest === undefined ? [] : [eastWestRule(eastWest.namespace, guard)]),
    ],
  };
}

function strayRule(stray: string, guard: PlannedWorkspaceGuard): Validation {
  return {
    // the gateway's guard limits the destinations of guests
    expression: `variables.isGuest || variables.${stray}.size() == 0`,
    message: "a route leads to a host that is not the team's",
    sentence:
      `"a route leads to host " + variables.${stray}[0][0] + ` +
      celText(
        `, expected hosts that workspace ${guard.maker.name} has (${hostsOf(guard)}) or uses: ` +
          "change the route, or ask the operators to add the host to `guard.uses` of the workspace",
      ),
  };
}

/** Guests may only route at gateways. */
function guestRule({ maker }: PlannedWorkspaceGuard): Validation {
  return {
    expression: "!variables.isGuest || !variables.onMesh",
    message: "guests write routes of gateways only",
    sentence:
      `"user " + request.userInfo.username + ` +
      celText(
        ` is a guest of workspace ${maker.name} and directs calls inside the mesh, ` +
          "expected `gateways` without mesh: " +
          "name the gateway, or write it in the team's own namespace",
      ),
  };
}

/** East-west gateways have no guard of their own. */
function eastWestRule(namespace: string, { maker, namespaces }: PlannedWorkspaceGuard): Validation {
  const isEastWest = `${gatewayNamed("g")}.startsWith(${celText(`${namespace}/`)})`;
  return {
    expression: namespaces.includes(namespace) ? "true" : `!(${namesGateway(isEastWest)})`,
    message: "routes of east-west gateways are for operators only",
    sentence: celText(
      `it is bound to a gateway in namespace ${namespace}, where workspace ${maker.name} has none: ` +
        "remove the gateway, or ask the operators to apply the object",
    ),
  };
}
