/** The VirtualServices of a team. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { gatewayNamed, text } from "./cel.js";
import { exportRule, exportVariables } from "./exports.js";
import { foreignRule, hostsOf, isAllowedHost, isUsable } from "./hosts.js";
import { type GuardPolicy, istio, type Validation } from "./policy.js";
import { namesGateway, routeVariables } from "./virtual-service.js";

/** Routes of requests inside the mesh, and where any route leads to. Which hosts a gateway gives away is a rule of that gateway. */
export function teamRoutesPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const { eastWest } = guard;
  const isForeign = `!(${isAllowedHost("h", guard, "variables.isPrivate")})`;
  const isStray = `h != "" && !(${isUsable("h", guard)})`;
  return {
    part: "virtual-services",
    on: istio("networking", "v1", "virtualservices"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      ...routeVariables,
      // without gateways a VirtualService is one of the mesh
      onMesh: `variables.gateways.size() == 0 || ${namesGateway('g == "mesh"')}`,
      ...exportVariables(guard),
      foreign: `variables.onMesh ? variables.hosts.filter(h, ${isForeign}) : []`,
      strayHttp: strayIn("http", isStray, [HTTP_MIRRORS, HTTP_MIRROR]),
      strayTls: strayIn("tls", isStray),
      strayTcp: strayIn("tcp", isStray),
    },
    validations: [
      foreignRule(guard, "directs calls of"),
      exportRule(guard, "!variables.onMesh"),
      ...["strayHttp", "strayTls", "strayTcp"].map((stray) => strayRule(stray, guard)),
      ...(eastWest === undefined ? [] : [eastWestRule(eastWest.namespace, guard)]),
    ],
  };
}

const HTTP_MIRRORS = `r.?mirrors.orValue([]).map(d, d.?destination.?host.orValue(""))`;
const HTTP_MIRROR = `[r.?mirror.?host.orValue("")]`;

/** For each route that leads to a host of others, these hosts. */
function strayIn(routes: string, isStray: string, more: readonly string[] = []): string {
  const targets = [`r.?route.orValue([]).map(d, d.?destination.?host.orValue(""))`, ...more].join(" + ");
  return `variables.${routes}.map(r, (${targets}).map(h, h.lowerAscii()).filter(h, ${isStray})).filter(s, s.size() > 0)`;
}

function strayRule(stray: string, guard: PlannedWorkspaceGuard): Validation {
  return {
    expression: `variables.${stray}.size() == 0`,
    message: "a route leads to a host that is not the team's",
    sentence:
      `"a route leads to host " + variables.${stray}[0][0] + ` +
      text(
        `, expected hosts that workspace ${guard.maker.name} has (${hostsOf(guard)}) or uses: ` +
          "change the route, or ask the operators to add the host to `guard.uses` of the workspace",
      ),
  };
}

/** East-west gateways stand behind no guard of their own. */
function eastWestRule(namespace: string, { maker, namespaces }: PlannedWorkspaceGuard): Validation {
  const isEastWest = `${gatewayNamed("g")}.startsWith(${text(`${namespace}/`)})`;
  return {
    expression: namespaces.includes(namespace) ? "true" : `!(${namesGateway(isEastWest)})`,
    message: "routes of east-west gateways are for operators only",
    sentence: text(
      `it is bound to a gateway in namespace ${namespace}, where workspace ${maker.name} has none: ` +
        "remove the gateway, or ask the operators to apply the object",
    ),
  };
}
