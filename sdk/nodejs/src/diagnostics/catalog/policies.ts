import { entry } from "../catalog-entry.js";
import { list, nearest, quote, suggest } from "../words.js";

/** By what a policy is about. */
const WHERE_TO_LIST = {
  callers: "list it on a VirtualDestination or a VirtualGateway: it is about their callers",
  routes: "list it on a route, a RouteTable or a VirtualGateway: it is about requests",
  endpoints: "list it on a VirtualDestination: it is about endpoints",
  listeners: "list it on a VirtualGateway: it is about its listeners",
} as const;

/** 04xx: policies. */
export const policies = {
  MW0401: entry<{ kind: string; first: string; second: string; route?: string; gateway?: string }>({
    name: "two-policies-of-a-kind",
    severity: "error",
    meaning: "Two policies of one kind are listed on one resource, and none of them is nearer than the other.",
    message: ({ kind, first, second, gateway }) =>
      `${kind} ${quote(first)} and ${kind} ${quote(second)} are both listed ${gateway === undefined ? "here" : `on VirtualGateway ${quote(gateway)}`}, expected one of a kind`,
    detail: ({ route }) => route && `both are for the route ${quote(route)}`,
    help: ({ first, second, route }) =>
      route === undefined
        ? `remove ${quote(first)} or ${quote(second)}, or merge the two`
        : `narrow one of them by \`applyToRoutes\`, or list the one that you mean on the route ${quote(route)}`,
  }),
  MW0402: entry<{ destination: string; policy: string }>({
    name: "failover-without-outlier-detection",
    severity: "error",
    meaning: "A destination has a failover policy and no outlier detection, so that no endpoint ever counts as failed.",
    message: ({ destination, policy }) =>
      `${quote(destination)} has FailoverPolicy ${quote(policy)} and no OutlierDetectionPolicy, so callers never learn that an endpoint fails`,
    help: () => "add an OutlierDetectionPolicy to the destination's `policies`",
  }),
  MW0403: entry<{ weighted: number; targets: number }>({
    name: "mixed-mappings",
    severity: "error",
    meaning: "Some targets of a failover policy have weights, which distribute requests, and others have none.",
    message: ({ weighted, targets }) =>
      `${weighted} of ${targets} targets ${weighted === 1 ? "has" : "have"} a weight, expected all or none`,
    help: () =>
      "give every target a `weight` to spread requests all the time, or none to fail over: a destination does one or the other",
  }),
  MW0404: entry<{ from: string; sum: number; weights: readonly number[] }>({
    name: "locality-weights-not-100",
    severity: "error",
    meaning: "The weights of a locality mapping do not add up to 100.",
    message: ({ from, sum }) => `the mapping from ${quote(from)} spreads ${sum}% of its requests, expected 100%`,
    detail: ({ weights }) => `found weights ${weights.join(", ")}`,
    help: ({ sum }) => (sum < 100 ? `add ${100 - sum} to one weight` : `take ${sum - 100} off the weights`),
  }),
  MW0405: entry<{ field: string; value?: string }>({
    name: "failover-below-region",
    severity: "error",
    meaning: "A failover mapping names a zone or sub-zone, and Istio fails over between regions only.",
    message: ({ field, value }) =>
      `a failover goes from region to region, found ${field === "zone" ? "zone" : "sub-zone"}${value === undefined ? "" : ` ${quote(value)}`}`,
    help: ({ field }) =>
      `remove \`${field}\`: inside a region, callers go to near zones first anyway; or give weights, which take zones`,
  }),
  MW0406: entry<{ from: string; targets: number }>({
    name: "several-failover-targets",
    severity: "error",
    meaning: "A failover mapping has several targets, and Istio uses the first one only.",
    message: ({ from, targets }) => `the failover from ${quote(from)} has ${targets} targets, expected one region`,
    help: () =>
      "keep the region that comes next: all others follow after it; or give weights to spread requests over several",
  }),
  MW0407: entry<{ locality: string; other: string }>({
    name: "overlapping-localities",
    severity: "error",
    meaning: "Two places of one list are the same, or one lies in the other.",
    message: ({ locality, other }) =>
      locality === other
        ? `${quote(locality)} is there already`
        : `${quote(locality)} and ${quote(other)} overlap, expected places apart from each other`,
    help: ({ locality, other }) =>
      locality === other
        ? "merge the two"
        : `remove one of them, or name places inside ${quote(shorter(locality, other))}`,
  }),
  MW0408: entry<{ region: string }>({
    name: "failover-to-itself",
    severity: "error",
    meaning: "A failover mapping leads back to the region that it comes from.",
    message: ({ region }) => `the failover from ${quote(region)} goes to ${quote(region)}, expected another region`,
    help: () => "name another region, or remove the mapping: endpoints of the caller's own region come first anyway",
  }),
  MW0409: entry<{ policy: string; region: string; side: "from" | "to"; known: readonly string[] }>({
    name: "region-without-cluster",
    severity: "warning",
    meaning: "A failover policy names a region without any caller, or without any backend of the destination.",
    message: ({ policy, region, side }) =>
      `FailoverPolicy ${quote(policy)} maps ${side} ${quote(region)}, where ${side === "from" ? "the fleet has no cluster" : "the destination has no backends"}`,
    help: ({ region, known }) =>
      nearest(region, known).length > 0
        ? suggest(region, known, "Regions")
        : `name one of ${list(known, "or")}, or set \`locality\` of the cluster in the fleet`,
  }),
  MW0410: entry<{ destination: string; policy: string; cluster: string }>({
    name: "failover-needs-locality",
    severity: "error",
    meaning: "A destination has a failover policy, and a cluster with backends in another network has no locality.",
    message: ({ destination, policy, cluster }) =>
      `${quote(destination)} has FailoverPolicy ${quote(policy)}, and cluster ${quote(cluster)} has no locality, so callers elsewhere can't place it`,
    help: ({ cluster }) => `set \`locality.region\` of cluster ${quote(cluster)} in the fleet`,
  }),
  MW0411: entry<{ keys: readonly string[]; pairs: readonly string[] }>({
    name: "mixed-priority-labels",
    severity: "error",
    meaning: "Some priority labels are keys, which compare endpoints with the caller, and others have values.",
    message: ({ keys, pairs }) =>
      `found ${list(keys)} without and ${list(pairs)} with a value, expected keys only or values only`,
    help: () => "write all labels as `key`, or all as `key=value`",
  }),
  MW0412: entry<{ policy: string; label: string }>({
    name: "cluster-as-priority-label",
    severity: "error",
    meaning:
      "A failover policy goes by the cluster's label, and Istio gives endpoints of other networks the label of the caller's own cluster.",
    message: ({ policy, label }) =>
      `FailoverPolicy ${quote(policy)} goes by ${quote(label)}, in which endpoints of other networks don't differ from the caller`,
    help: () => "use `topology.istio.io/network`, or the region",
  }),
  MW0413: entry<Record<string, never>>({
    name: "ejects-nothing",
    severity: "error",
    meaning: "`maxEjectionPercent` is 0, which Istio does not take for none but for its default of 10 percent.",
    message: () => "found 0, which Istio takes for its default of 10 percent, expected 1 to 100",
    help: () => "give the percentage that may be left out, or remove the policy to leave out nothing",
  }),
  MW0414: entry<{ gatewayErrors: number; errors: number }>({
    name: "gateway-errors-below-errors",
    severity: "warning",
    meaning: "Gateway errors count as errors too, so that a limit for them has no effect unless it is the lower one.",
    message: ({ gatewayErrors, errors }) =>
      `${gatewayErrors} gateway errors in a row never come before ${errors} errors in a row, which count them too`,
    help: ({ errors }) =>
      errors > 1
        ? `set \`consecutiveGatewayErrors\` below ${errors}, or remove it`
        : "remove `consecutiveGatewayErrors`",
  }),
  MW0415: entry<{ policy: string; cluster: string; from: string; caller: string }>({
    name: "distribution-shuts-gateway",
    severity: "error",
    meaning:
      "A distribution sends all requests of a place elsewhere; the east-west gateway there follows it too, and then has no endpoint for the requests that other networks send to it.",
    message: ({ policy, cluster, from, caller }) =>
      `FailoverPolicy ${quote(policy)} sends all requests from ${quote(from)} elsewhere, also those that come from ${quote(caller)} through the east-west gateway of ${quote(cluster)}`,
    help: ({ from, cluster, caller }) =>
      `give ${quote(from)} a weight in its own mapping, or send no requests from ${quote(caller)} to ${quote(cluster)}`,
  }),
  MW0416: entry<{ found: string; known: readonly string[] }>({
    name: "unknown-retry-condition",
    severity: "error",
    meaning: "`retryOn` names something that Envoy can't retry on.",
    message: ({ found }) => `found ${quote(found)}, expected one of Envoy's retry policies or a status code`,
    help: ({ found, known }) =>
      nearest(found, known).length > 0
        ? suggest(found, known, "Retry policies")
        : `write conditions with commas and no spaces between them: ${known.join(", ")}, or status codes`,
  }),
  MW0417: entry<{ kind: string; policy: string; on: string; about: keyof typeof WHERE_TO_LIST }>({
    name: "policy-on-wrong-resource",
    severity: "error",
    meaning: "A policy is listed on a resource on which its kind can't act.",
    message: ({ kind, policy, on }) => `${kind} ${quote(policy)} is listed on a ${on}, on which it can't act`,
    help: ({ about }) => WHERE_TO_LIST[about],
  }),
  MW0418: entry<{ kind: string; policy: string; wanted: readonly Readonly<Record<string, string>>[] }>({
    name: "policy-selects-no-route",
    severity: "warning",
    meaning: "A policy is listed on a table or a route, and its `applyToRoutes` selects none of the routes.",
    message: ({ kind, policy }) => `${kind} ${quote(policy)} is listed here and selects no route`,
    detail: ({ wanted }) =>
      `it is for routes with ${wanted.map((labels) => list(Object.entries(labels).map(([key, value]) => `${key}=${value}`))).join(" or ")}`,
    help: ({ policy }) =>
      `give a route these labels, or remove ${quote(policy)}; a policy without \`applyToRoutes\` is for all routes`,
  }),
  MW0419: entry<{ kind: string; policy: string; route: string; routes: number }>({
    name: "policy-acts-on-nothing",
    severity: "warning",
    meaning: "A policy is listed for routes that forward no requests, on which its kind can't act.",
    message: ({ kind, policy, route, routes }) =>
      `${kind} ${quote(policy)} has no effect: ${routes === 1 ? `the route ${quote(route)} answers` : `all ${routes} routes answer`} without forwarding requests`,
    help: ({ policy }) => `remove ${quote(policy)} here, or list it where requests are forwarded`,
  }),
  MW0420: entry<{ header: string }>({
    name: "header-not-changeable",
    severity: "error",
    meaning: "A policy changes a header that belongs to the routing itself.",
    message: ({ header }) => `${quote(header)} can't be changed by a policy`,
    help: () => "use `hostRewrite` or `autoHostRewrite` of the route",
  }),
  MW0421: entry<{ destination: string; policy: string }>({
    name: "panic-threshold-without-outlier-detection",
    severity: "error",
    meaning:
      "A load balancer policy has a panic threshold and the destination no outlier detection, to which it belongs in Istio.",
    message: ({ destination, policy }) =>
      `LoadBalancerPolicy ${quote(policy)} has a panic threshold, and ${quote(destination)} no OutlierDetectionPolicy that leaves out endpoints`,
    help: () =>
      "add an OutlierDetectionPolicy to the destination's `policies`, or remove `healthyPanicThreshold` from the policy",
  }),
  MW0422: entry<{ policy: string; places: readonly string[]; kind: string; by: string }>({
    name: "hash-differs-by-place",
    severity: "warning",
    meaning:
      "A consistent hash chooses among the endpoints that come first, and callers in several places prefer different ones.",
    message: ({ policy, places }) =>
      `LoadBalancerPolicy ${quote(policy)} sends requests that are alike to one endpoint for each place, found callers in ${list(places)}`,
    help: ({ kind, by }) =>
      `call the destination from one place, or remove ${kind} ${quote(by)}, by which callers prefer endpoints of their own place`,
  }),
  MW0423: entry<{ policy: string; clusters: readonly string[] }>({
    name: "hash-ends-at-gateway",
    severity: "warning",
    meaning:
      "A consistent hash chooses the east-west gateway of another network, which spreads what it is sent over its pods.",
    message: ({ policy, clusters }) =>
      `LoadBalancerPolicy ${quote(policy)} chooses no pod in ${list(clusters)} for requests that come through the east-west gateway there`,
    help: () =>
      "add an OutlierDetectionPolicy, so that callers stay in their own place while pods are healthy, or put the clusters on one network",
  }),
  MW0424: entry<{ policy: string; port: number; protocol: string }>({
    name: "hash-without-http",
    severity: "warning",
    meaning: "A consistent hash is made of HTTP requests, and a port of the destination speaks another protocol.",
    message: ({ policy, port, protocol }) =>
      `LoadBalancerPolicy ${quote(policy)} has no effect on port ${port}: it needs HTTP requests, found ${protocol}`,
    help: () => "give the port a destination of its own, or a `protocol` of HTTP if it speaks that",
  }),
  MW0430: entry<{ both: boolean }>({
    name: "refuses-or-watches",
    severity: "error",
    meaning: "A CSRF policy is to refuse requests and only to watch them, or neither.",
    message: ({ both }) => `\`filterEnabled\` and \`shadowEnabled\` are both ${both}, expected one of them to be true`,
    help: () =>
      "set `filterEnabled` to refuse requests, or `shadowEnabled` to count only what would be refused; to switch the policy off, remove it",
  }),
  MW0440: entry<{ first: string; second: string }>({
    name: "gateways-disagree",
    severity: "error",
    meaning:
      "Two gateways serve a host of one table on the same proxies and port and list different policies; Istio merges both in no defined order.",
    message: ({ first, second }) =>
      `VirtualGateways ${quote(first)} and ${quote(second)} serve this table on the same proxies and list different policies`,
    help: () =>
      "list the same policies on both gateways, or list them on the table, or attach the table to one of them",
  }),
};

function shorter(a: string, b: string): string {
  return a.length < b.length ? a : b;
}
