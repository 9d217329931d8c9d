/** Limits on a gateway for everyone except operators, enforced by an API server. */
import type { PlannedGatewayGuard } from "../../plan/guards.js";
import { celList, celText, gatewayNamed, isCoveredBy, map, some } from "./cel.js";
import { delegateRule } from "./delegates.js";
import { bindingVariables, listenerVariables, notGiven } from "./gateway-hosts.js";
import { gatewaySelectorPolicy, noAddressesPolicy } from "./gateway-objects.js";
import { headerRules, headerVariables } from "./headers.js";
import { ALL_OF_ISTIO, type GuardPolicy, istio } from "./policy.js";
import {
  former,
  formerRouteVariables,
  namesGateway,
  routeVariables,
  STRAY,
  serverNameRule,
  strayVariables,
} from "./virtual-service.js";

/** Returns the policies of a gateway's guard. */
export function gatewayPolicies(guard: PlannedGatewayGuard): readonly GuardPolicy[] {
  const whose = `VirtualGateway ${guard.maker.name}`;
  return [
    routesPolicy(guard),
    objectsPolicy(guard),
    gatewaySelectorPolicy(guard.labels, whose),
    noAddressesPolicy(whose),
    ...restPolicy(guard),
  ];
}

/** Guards VirtualServices bound to the gateway, in any namespace, and all VirtualServices in its namespace. */
function routesPolicy(guard: PlannedGatewayGuard): GuardPolicy {
  const { namespace, gateway, maker } = guard;
  const isThis = `${gatewayNamed("g")} == ${celText(`${namespace}/${gateway}`)}`;
  const isBeside = `request.namespace == ${celText(namespace)}`;
  const same = (variable: string): string => variable;
  return {
    part: "virtual-services",
    on: istio("networking", "v1", "virtualservices"),
    operations: ["CREATE", "UPDATE", "DELETE"],
    variables: {
      ...atDeletion(routeVariables),
      isBeside,
      isBound: namesGateway(isThis),
      ...formerRouteVariables,
      ...teamVariables(guard),
      ...listenerVariables(guard),
      ...bindingVariables(same),
      ...bindingVariables(former),
      refused: `variables.isBound ? ${notGiven(same)} : []`,
      notTheirs: `variables.isBeside ? ${notGiven(former)} : []`,
      ...headerVariables(),
      ...strayVariables(`variables.isBeside && !(${isUsable("h")})`),
    },
    validations: [
      {
        expression: "variables.refused.size() == 0",
        message: "the gateway does not give the host to whoever writes this",
        sentence:
          `"host " + variables.refused[0][0] + ${celText(` of VirtualGateway ${maker.name} is not for user `)} + ` +
          `request.userInfo.username + ` +
          celText(
            ", expected a host that `allowedRouteTables` gives to the user's workspace " +
              "in every listener with that host to which such routes bind " +
              "(a `port` in each match keeps them to one): " +
              "use one, or ask the gateway's operators to add the host there",
          ),
      },
      {
        expression:
          `!variables.isBeside || request.operation == "DELETE" || ` +
          `(variables.gateways.size() > 0 && !(${namesGateway(`!(${isThis})`)}))`,
        message: "routes beside the gateway are for this gateway only",
        sentence: celText(
          `a VirtualService in namespace ${namespace} is for VirtualGateway ${maker.name} only, ` +
            `expected \`gateways: [${namespace}/${gateway}]\` and nothing else: ` +
            "remove other gateways, or write it in the team's own namespace",
        ),
      },
      {
        expression: "variables.notTheirs.size() == 0",
        message: "the object serves a host of others",
        sentence:
          `"it serves host " + variables.notTheirs[0][0] + ` +
          `${celText(` of VirtualGateway ${maker.name}, which is not for user `)} + request.userInfo.username + ` +
          celText(", expected an object of the user's own team: leave it to its owner, or ask the gateway's operators"),
      },
      serverNameRule("!variables.isBound"),
      ...headerRules("!variables.isBound"),
      delegateRule([], "the team's own", "!variables.isBeside"),
      ...STRAY.map((stray) => ({
        expression: `variables.${stray}.size() == 0`,
        message: "a route leads to a host that is not the team's",
        sentence:
          `"a route leads to host " + variables.${stray}[0][0] + ` +
          `${celText(", which is neither of nor used by a workspace of user ")} + request.userInfo.username + ` +
          celText(
            ", expected the full name of a Service of its namespaces, " +
              "or a host of its `guard.hosts` or `guard.uses`: " +
              "change the route, or ask the operators to add the host there",
          ),
      })),
      {
        expression:
          `!variables.isBeside || request.operation == "CREATE" || (variables.formerHosts.size() > 0 && ` +
          `variables.formerGateways.size() > 0 && variables.formerGateways.all(g, ${isThis}))`,
        message: "the object is not one of a team",
        sentence: celText(
          `the VirtualService in namespace ${namespace} is not bound to VirtualGateway ${maker.name} alone, ` +
            "and so is the operators': ask them to change it",
        ),
      },
    ],
  };
}

/** Guards expressions about an object that is absent during deletion. */
function atDeletion(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, expression]) => [name, `request.operation == "DELETE" ? [] : ${expression}`]),
  );
}

/** Hosts that teams may forward to, and teams by user and by group. Maps, because there may be many of each. */
function teamVariables({ teams }: PlannedGatewayGuard): Readonly<Record<string, string>> {
  const teamsBy = (key: "users" | "groups") => {
    const names = [...new Set(teams.flatMap(({ writers }) => writers[key]))];
    return map(
      names.map((name) => [
        name,
        celList(teams.filter(({ writers }) => writers[key].includes(name)).map((team) => team.name)),
      ]),
    );
  };
  const noTexts = "request.userInfo.groups.filter(g, false)";
  const lookUp = (by: string, key: string) => (by === "{}" ? noTexts : `${by}[?${key}].orValue(${noTexts})`);
  const groups = teamsBy("groups");
  return {
    usableByTeams:
      teams.length === 0
        ? `{"": ${noTexts}}`
        : map(teams.map((team) => [team.name, celList(team.usable.map((host) => host.toLowerCase()))])),
    teamsOfUser: lookUp(teamsBy("users"), "request.userInfo.username"),
    teamsOfGroups:
      groups === "{}" ? '[].map(g, [""])' : `request.userInfo.groups.filter(g, g in ${groups}).map(g, ${groups}[g])`,
  };
}

/** Tests whether a team of the sender may route to a host in lower case. */
function isUsable(host: string): string {
  const byTeam = isCoveredBy(host, "variables.usableByTeams[t]");
  return (
    `variables.teamsOfUser.exists(t, ${byTeam}) || ` + `variables.teamsOfGroups.exists(ts, ts.exists(t, ${byTeam}))`
  );
}

/** Anything in the gateway's namespace acts on its proxies, so teams may only have routes there. */
function objectsPolicy({ namespace, maker }: PlannedGatewayGuard): GuardPolicy {
  return {
    part: "objects",
    on: ALL_OF_ISTIO,
    operations: ["CREATE", "UPDATE", "DELETE"],
    namespaces: { in: [namespace] },
    validations: [
      {
        expression: `request.kind.kind == "VirtualService"`,
        message: "only routes may lie beside the gateway",
        sentence:
          `"the kind " + request.kind.kind + ` +
          celText(
            ` in namespace ${namespace} of VirtualGateway ${maker.name} is for operators only, ` +
              "expected a VirtualService: " +
              "ask the operators to apply it",
          ),
      },
    ],
  };
}

/** Reserves namespaces that belong to no team to operators. */
function restPolicy({ known, maker }: PlannedGatewayGuard): readonly GuardPolicy[] {
  if (known === undefined) return [];
  return [
    {
      part: "rest",
      on: ALL_OF_ISTIO,
      operations: ["CREATE", "UPDATE", "DELETE"],
      namespaces: { notIn: known },
      validations: [
        {
          expression: "false",
          message: "namespaces of no workspace are for operators only",
          sentence:
            `"user " + request.userInfo.username + " writes in namespace " + request.namespace + ` +
            celText(
              `, which no workspace of VirtualGateway ${maker.name}'s guard owns, expected one of ${some(known)}: ` +
                "write it there, or ask the operators to give the namespace to a workspace",
            ),
        },
      ],
    },
  ];
}
