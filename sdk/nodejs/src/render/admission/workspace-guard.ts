/** Limits a team to its own namespaces, and what it may write there, enforced by an API server. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { isLocalUrl, isStrayAddress, localVariable, meetsReserved, reservedVariable } from "./addresses.js";
import { celList, celText, isSentBy, some } from "./cel.js";
import { exportRule, exportVariables } from "./exports.js";
import { telemetriesPolicy, tunnelRule, tunnelVariables } from "./formatted-texts.js";
import { gatewaySelectorPolicy, noAddressesPolicy } from "./gateway-objects.js";
import { celShown, isProxyHeader } from "./headers.js";
import { foreignRule, hostsOf, isAllowedHost, isServiceName } from "./hosts.js";
import { ownershipRules, ownershipVariables } from "./ownership.js";
import { eastWestVariables, isMisplaced, placeRule } from "./places.js";
import { ALL_OF_ISTIO, type GuardPolicy, istio, type Validation } from "./policy.js";
import { senderVariables } from "./senders.js";
import { serverNamesRule, serverNameVariables } from "./server-names.js";
import { rootRules, targetsPolicy } from "./targets.js";
import { teamRoutesPolicy } from "./team-routes.js";

/** Istio kinds that teams may always write; any other, kinds of future releases included, is for operators. */
const TEAM_KINDS: readonly string[] = [
  "AuthorizationPolicy",
  "DestinationRule",
  "PeerAuthentication",
  "RequestAuthentication",
  "ServiceEntry",
  "Sidecar",
  "Telemetry",
  "VirtualService",
  "WorkloadEntry",
  "WorkloadGroup",
];

/** Returns the policies of a workspace's guard. */
export function workspacePolicies(guard: PlannedWorkspaceGuard): readonly GuardPolicy[] {
  const { eastWest, namespaces, maker } = guard;
  const within = { in: namespaces };
  const gateways =
    eastWest === undefined
      ? []
      : [
          {
            ...gatewaySelectorPolicy(eastWest.labels, `the east-west gateway in ${eastWest.namespace}`),
            namespaces: within,
          },
        ];
  return [
    objectsPolicy(guard),
    teamRoutesPolicy(guard),
    serviceEntriesPolicy(guard),
    destinationRulesPolicy(guard),
    workloadEntriesPolicy(guard),
    workloadGroupsPolicy(guard),
    targetsPolicy(guard),
    keysPolicy(guard),
    telemetriesPolicy(guard),
    ...gateways,
    { ...noAddressesPolicy(`workspace ${maker.name}`), namespaces: within },
  ];
}

/** Limits who writes where, which kinds, and under which owner, for every Istio object. */
function objectsPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const { maker, namespaces, elsewhere, kinds, writers } = guard;
  const isWithin = `request.namespace in ${celList(namespaces)}`;
  const who = `"user " + request.userInfo.username`;
  return {
    part: "objects",
    on: ALL_OF_ISTIO,
    operations: ["CREATE", "UPDATE", "DELETE"],
    concerns: `${isWithin} || ${isSentBy(writers)}`,
    variables: { isWithin, ...senderVariables(guard), ...ownershipVariables },
    validations: [
      {
        expression: `variables.isWriter || (variables.isGuest && request.kind.kind == "VirtualService")`,
        message: `namespaces of workspace ${maker.name} are for its subjects only`,
        sentence:
          `${who} + " writes in namespace " + request.namespace + ` +
          celText(
            ` of workspace ${maker.name}, expected one of ${some([...writers.groups, ...writers.users])}: ` +
              "ask the operators to add the user or a group to `guard.subjects` of the workspace",
          ),
      },
      {
        expression: `variables.isWithin || request.namespace in ${celList(elsewhere)}`,
        message: `subjects of workspace ${maker.name} write in its namespaces only`,
        sentence:
          `${who} + ${celText(` of workspace ${maker.name} writes in namespace `)} + request.namespace + ` +
          celText(
            `, expected ${some([...namespaces, ...elsewhere])}: write it there, ` +
              "or ask the operators to add the namespace to the workspace or to its `guard.elsewhere`",
          ),
      },
      {
        expression: `!variables.isWithin || request.kind.kind in ${celList([...TEAM_KINDS, ...kinds])}`,
        message: "the kind is for operators only",
        sentence:
          `"the kind " + request.kind.kind + ` +
          celText(
            ` in a namespace of workspace ${maker.name} is for operators only: ` +
              "ask them to apply it, or to add the kind to `guard.kinds` of the workspace",
          ),
      },
      ...rootRules(guard),
      ...ownershipRules(guard),
    ],
  };
}

function serviceEntriesPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const endpoint = 'e.?address.orValue("")';
  const isMeshInternal = 'object.?spec.?location.orValue("") == "MESH_INTERNAL"';
  return {
    part: "service-entries",
    on: istio("networking", "v1", "serviceentries"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      hosts: "object.?spec.?hosts.orValue([]).map(h, h.lowerAscii())",
      ...exportVariables(guard),
      services: `variables.hosts.filter(h, ${isServiceName("h", guard)})`,
      foreign: `variables.hosts.filter(h, !(${isAllowedHost("h", guard, "variables.isPrivate")}))`,
      ...localVariable,
      ...reservedVariable,
      reserved: `object.?spec.?addresses.orValue([]).filter(a, ${meetsReserved("a")})`,
      stray:
        `object.?spec.?endpoints.orValue([]).map(e, ${endpoint}.lowerAscii())` +
        `.filter(a, a != "" && ${isStrayAddress("a", guard)})`,
      ...eastWestVariables(guard),
      misplaced: `object.?spec.?endpoints.orValue([]).filter(e, ${isMisplaced("e", guard, isMeshInternal)})`,
    },
    validations: [
      {
        expression: "variables.services.size() == 0",
        message: "a ServiceEntry must not have the name of a Kubernetes Service",
        sentence:
          `"host " + variables.services[0] + ` +
          celText(
            " is the name of a Kubernetes Service, or covers such names, " +
              "expected a host of its own: choose another host",
          ),
      },
      foreignRule(guard, "declares"),
      exportRule(guard),
      {
        expression: "variables.isNear || variables.reserved.size() == 0",
        message: "addresses that others see must not be those of pods, Services or machines",
        sentence:
          `"address " + variables.reserved[0] + ` +
          celText(
            " is, or covers, one of pods, Services or machines, expected public addresses where others see the host: " +
              'remove it, or set `exportTo` to "."',
          ),
      },
      strayRule("variables.stray", guard),
      placeRule(guard),
    ],
  };
}

function destinationRulesPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  return {
    part: "destination-rules",
    on: istio("networking", "v1", "destinationrules"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      hosts: `[object.?spec.?host.orValue("").lowerAscii()]`,
      ...exportVariables(guard),
      ...tunnelVariables,
      ...serverNameVariables(guard),
      foreign: `variables.hosts.filter(h, !(${isAllowedHost("h", guard, "variables.isPrivate")}))`,
    },
    validations: [foreignRule(guard, "tunes calls of"), exportRule(guard), tunnelRule, serverNamesRule(guard)],
  };
}

function workloadEntriesPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const address = `object.?spec.?address.orValue("").lowerAscii()`;
  return {
    part: "workload-entries",
    on: istio("networking", "v1", "workloadentries"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      ...localVariable,
      stray: `[${address}].filter(a, a != "" && ${isStrayAddress("a", guard)})`,
      ...eastWestVariables(guard),
      misplaced: `has(object.spec) ? [object.spec].filter(e, ${isMisplaced("e", guard, "false")}) : []`,
    },
    validations: [strayRule("variables.stray", guard), placeRule(guard)],
  };
}

/** Workloads that register themselves take the endpoint settings of their group. */
function workloadGroupsPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  return {
    part: "workload-groups",
    on: istio("networking", "v1", "workloadgroups"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      ...eastWestVariables(guard),
      misplaced:
        "has(object.spec) && has(object.spec.template) ? " +
        `[object.spec.template].filter(e, ${isMisplaced("e", guard, "false")}) : []`,
    },
    validations: [placeRule(guard)],
  };
}

/** Istiod itself fetches JWKS, so the URLs must not be local to it. */
function keysPolicy(guard: PlannedWorkspaceGuard): GuardPolicy {
  const discovered = `r.?jwks.orValue("") == "" && r.?jwksUri.orValue("") == "" && isURL(r.?issuer.orValue(""))`;
  return {
    part: "request-authentications",
    on: istio("security", "v1", "requestauthentications"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: guard.namespaces },
    variables: {
      ...localVariable,
      asked:
        `object.?spec.?jwtRules.orValue([]).map(r, r.?jwksUri.orValue("") != "" ? r.jwksUri : ` +
        `(${discovered}) ? r.issuer : "").filter(u, u != "")`,
      output:
        'object.?spec.?jwtRules.orValue([]).map(r, [r.?outputPayloadToHeader.orValue("")] + ' +
        'r.?outputClaimToHeaders.orValue([]).map(c, c.?header.orValue("")))',
      wrongNames: `variables.output.map(r, r.filter(x, x != "" && ${isProxyHeader("x")})).filter(r, r.size() > 0)`,
      local: `variables.asked.filter(u, ${isLocalUrl("u")})`,
    },
    validations: [
      {
        expression: "variables.local.size() == 0",
        message: "keys must not be asked for at istiod's own addresses",
        sentence:
          `"keys are asked for at " + variables.local[0] + ` +
          celText(
            ", which is istiod itself or its machine, or no URL, " +
              "expected a public address: write `jwks`, or change the URL",
          ),
      },
      {
        expression: "variables.wrongNames.size() == 0",
        message: "claims must not stand in a header that is the proxy's own",
        sentence:
          `"claims are written to header " + ${celShown("variables.wrongNames[0][0]")} + ` +
          celText(", which is no name or the proxy's own, expected another header: change it"),
      },
    ],
  };
}

function strayRule(stray: string, guard: PlannedWorkspaceGuard): Validation {
  return {
    expression: `${stray}.size() == 0`,
    message: "an endpoint must be neither a proxy itself, nor its machine, nor another team's Service",
    sentence:
      `"endpoint " + ${stray}[0] + ` +
      celText(
        " may be the proxy itself, its machine, a gateway between clusters or another team's Service, " +
          "or is no plain address, expected an IP address or a DNS name outside of the cluster, " +
          `or a host of workspace ${guard.maker.name} (${hostsOf(guard)}): ` +
          "change it, or ask the operators to add it to `guard.uses` of the workspace",
      ),
  };
}
