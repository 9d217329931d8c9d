import { entry } from "../catalog-entry.js";
import { list, nearest, quote, suggest } from "../words.js";

/** Advice by the kind of thing that a policy acts on. */
const WHERE_TO_LIST = {
  callers: "list it on a VirtualDestination or a VirtualGateway: it acts on their callers",
  routes: "list it on a route, a RouteTable or a VirtualGateway: it acts on requests",
  endpoints: "list it on a VirtualDestination: it acts on endpoints",
  listeners: "list it on a VirtualGateway: it acts on its listeners",
} as const;

/** 04xx: policies. */
export const policies = {
  MW0401: entry<{ kind: string; first: string; second: string; route?: string; gateway?: string }>({
    name: "duplicate-policies",
    severity: "error",
    meaning: "Two policies of the same kind are listed on one resource, and neither is more specific than the other.",
    message: ({ kind, first, second, gateway }) =>
      `${kind} ${quote(first)} and ${kind} ${quote(second)} are both listed ` +
      `${gateway === undefined ? "here" : `on VirtualGateway ${quote(gateway)}`}, expected one of each kind`,
    detail: ({ route }) => route && `both are for the route ${quote(route)}`,
    help: ({ first, second, route }) =>
      route === undefined
        ? `remove ${quote(first)} or ${quote(second)}, or merge the two`
        : `narrow one of them with \`applyToRoutes\`, or list the one that you want on the route ${quote(route)}`,
  }),
  MW0402: entry<{ destination: string; policy: string }>({
    name: "failover-without-outlier-detection",
    severity: "error",
    meaning: "A destination has a failover policy but no outlier detection, so no endpoint ever counts as failed.",
    message: ({ destination, policy }) =>
      `${quote(destination)} has FailoverPolicy ${quote(policy)} but no OutlierDetectionPolicy, ` +
      "so callers never notice that an endpoint fails",
    help: () => "add an OutlierDetectionPolicy to the destination's `policies`",
  }),
  MW0403: entry<{ weighted: number; targets: number }>({
    name: "mixed-mappings",
    severity: "error",
    meaning: "Some targets of a failover policy have weights, which distribute requests, and others have none.",
    message: ({ weighted, targets }) =>
      `${weighted} of ${targets} targets ${weighted === 1 ? "has" : "have"} a weight, expected all or none`,
    help: () =>
      "give every target a `weight` to always distribute requests, or none to fail over: " +
      "a destination does one or the other",
  }),
  MW0404: entry<{ from: string; sum: number; weights: readonly number[] }>({
    name: "locality-weights-not-100",
    severity: "error",
    meaning: "The weights of a locality mapping do not add up to 100.",
    message: ({ from, sum }) => `the mapping from ${quote(from)} distributes ${sum}% of its requests, expected 100%`,
    detail: ({ weights }) => `found weights ${weights.join(", ")}`,
    help: ({ sum }) => (sum < 100 ? `add ${100 - sum} to one weight` : `lower the weights by ${sum - 100} in total`),
  }),
  MW0405: entry<{ field: string; value?: string }>({
    name: "failover-below-region",
    severity: "error",
    meaning: "A failover mapping names a zone or sub-zone, but Istio fails over only between regions.",
    message: ({ field, value }) =>
      "failover works between regions only, found a " +
      `${field === "zone" ? "zone" : "sub-zone"}${value === undefined ? "" : `, ${quote(value)}`}`,
    help: ({ field }) =>
      `remove \`${field}\`: within a region, callers prefer nearby zones anyway; ` +
      "or add weights, which work with zones",
  }),
  MW0406: entry<{ from: string; targets: number }>({
    name: "several-failover-targets",
    severity: "error",
    meaning: "A failover mapping has several targets, but Istio uses only the first one.",
    message: ({ from, targets }) => `the failover from ${quote(from)} has ${targets} targets, expected one region`,
    help: () =>
      "keep only the region to fail over to first: all others follow; " +
      "or add weights to distribute requests among several",
  }),
  MW0407: entry<{ locality: string; other: string }>({
    name: "overlapping-localities",
    severity: "error",
    meaning: "Two localities of one list are the same, or one contains the other.",
    message: ({ locality, other }) =>
      locality === other
        ? `${quote(locality)} is a duplicate`
        : `${quote(locality)} and ${quote(other)} overlap, expected separate localities`,
    help: ({ locality, other }) =>
      locality === other
        ? "merge the two"
        : `remove one of them, or name localities within ${quote(shorter(locality, other))}`,
  }),
  MW0408: entry<{ region: string }>({
    name: "failover-to-itself",
    severity: "error",
    meaning: "A failover mapping leads back to the region that it starts from.",
    message: ({ region }) => `the failover from ${quote(region)} goes to ${quote(region)}, expected another region`,
    help: () => "name another region, or remove the mapping: endpoints in the caller's own region come first anyway",
  }),
  MW0409: entry<{ policy: string; region: string; side: "from" | "to"; known: readonly string[] }>({
    name: "region-without-cluster",
    severity: "warning",
    meaning: "A failover policy names a region without any callers, or without any backends of the destination.",
    message: ({ policy, region, side }) =>
      `FailoverPolicy ${quote(policy)} maps ${side} ${quote(region)}, ` +
      `where ${side === "from" ? "the fleet has no cluster" : "the destination has no backends"}`,
    help: ({ region, known }) =>
      nearest(region, known).length > 0
        ? suggest(region, known, "regions")
        : `name one of ${list(known, "or")}, or set \`locality\` of the cluster in the fleet`,
  }),
  MW0410: entry<{ destination: string; policy: string; cluster: string }>({
    name: "failover-needs-locality",
    severity: "error",
    meaning: "A destination has a failover policy, but a cluster with backends on another network has no locality.",
    message: ({ destination, policy, cluster }) =>
      `${quote(destination)} has FailoverPolicy ${quote(policy)}, but cluster ${quote(cluster)} has no locality, ` +
      "so callers elsewhere can't tell where its backends are",
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
      "A failover policy prioritizes by the cluster label, but Istio gives endpoints on other networks the label of " +
      "the caller's own cluster.",
    message: ({ policy, label }) =>
      `FailoverPolicy ${quote(policy)} prioritizes by ${quote(label)}, ` +
      "which is the same for the caller and for endpoints on other networks",
    help: () => "use `topology.istio.io/network`, or the region",
  }),
  MW0413: entry<Record<string, never>>({
    name: "ejects-nothing",
    severity: "error",
    meaning: "`maxEjectionPercent` is 0, which Istio reads as its default of 10 percent, not as none.",
    message: () => "found 0, which Istio reads as its default of 10 percent, expected 1 to 100",
    help: () => "set the percentage of endpoints that may be ejected, or remove the policy to eject none",
  }),
  MW0414: entry<{ gatewayErrors: number; errors: number }>({
    name: "gateway-errors-below-errors",
    severity: "warning",
    meaning: "Gateway errors count as errors too, so a limit for gateway errors has no effect unless it is lower.",
    message: ({ gatewayErrors, errors }) =>
      `a limit of ${gatewayErrors} consecutive gateway errors has no effect: ` +
      `the limit of ${errors} consecutive errors counts them too`,
    help: ({ errors }) =>
      errors > 1
        ? `set \`consecutiveGatewayErrors\` below ${errors}, or remove it`
        : "remove `consecutiveGatewayErrors`",
  }),
  MW0415: entry<{ policy: string; cluster: string; from: string; caller: string }>({
    name: "distribution-shuts-gateway",
    severity: "error",
    meaning:
      "A distribution sends all requests of a locality elsewhere; the east-west gateway there follows it too, " +
      "so it has no endpoint for requests from other networks.",
    message: ({ policy, cluster, from, caller }) =>
      `FailoverPolicy ${quote(policy)} sends all requests from ${quote(from)} elsewhere, ` +
      `including those that come from ${quote(caller)} through the east-west gateway of ${quote(cluster)}`,
    help: ({ from, cluster, caller }) =>
      `give ${quote(from)} a weight in its own mapping, or send no requests from ${quote(caller)} to ${quote(cluster)}`,
  }),
  MW0416: entry<{ found: string; known: readonly string[] }>({
    name: "unknown-retry-condition",
    severity: "error",
    meaning: "`retryOn` names a condition that Envoy can't retry on.",
    message: ({ found }) => `found ${quote(found)}, expected one of Envoy's retry conditions or a status code`,
    help: ({ found, known }) =>
      nearest(found, known).length > 0
        ? suggest(found, known, "retry conditions")
        : `separate conditions by commas, without spaces: ${known.join(", ")}, or status codes`,
  }),
  MW0417: entry<{ kind: string; policy: string; on: string; about: keyof typeof WHERE_TO_LIST }>({
    name: "policy-on-wrong-resource",
    severity: "error",
    meaning: "A policy is listed on a resource that its kind can't act on.",
    message: ({ kind, policy, on }) => `${kind} ${quote(policy)} is listed on a ${on}, but can't act on one`,
    help: ({ about }) => WHERE_TO_LIST[about],
  }),
  MW0418: entry<{ kind: string; policy: string; wanted: readonly Readonly<Record<string, string>>[] }>({
    name: "policy-selects-no-route",
    severity: "warning",
    meaning: "A policy is listed on a table or a route, but its `applyToRoutes` selects none of the routes.",
    message: ({ kind, policy }) => `${kind} ${quote(policy)} is listed here, but selects no route`,
    detail: ({ wanted }) => {
      const labels = wanted.map((each) => list(Object.entries(each).map(([key, value]) => `${key}=${value}`)));
      return `it is for routes with ${labels.join(" or ")}`;
    },
    help: ({ policy }) =>
      `give a route these labels, or remove ${quote(policy)}; a policy without \`applyToRoutes\` is for all routes`,
  }),
  MW0419: entry<{ kind: string; policy: string; route: string; routes: number }>({
    name: "policy-acts-on-nothing",
    severity: "warning",
    meaning: "A policy is listed for routes that forward no requests, so it has no effect.",
    message: ({ kind, policy, route, routes }) =>
      `${kind} ${quote(policy)} has no effect: ` +
      `${routes === 1 ? `the route ${quote(route)} responds` : `all ${routes} routes respond`} directly ` +
      "without forwarding requests",
    help: ({ policy }) => `remove ${quote(policy)} here, or list it where requests are forwarded`,
  }),
  MW0420: entry<{ header: string }>({
    name: "header-not-changeable",
    severity: "error",
    meaning: "A policy changes a header that routing depends on.",
    message: ({ header }) => `a policy can't change ${quote(header)}`,
    help: () => "use `hostRewrite` or `autoHostRewrite` of the route",
  }),
  MW0421: entry<{ destination: string; policy: string }>({
    name: "panic-threshold-without-outlier-detection",
    severity: "error",
    meaning:
      "A load balancer policy has a panic threshold, which Istio sets through outlier detection, " +
      "but the destination has none.",
    message: ({ destination, policy }) =>
      `LoadBalancerPolicy ${quote(policy)} has a panic threshold, ` +
      `but ${quote(destination)} has no OutlierDetectionPolicy that ejects endpoints`,
    help: () =>
      "add an OutlierDetectionPolicy to the destination's `policies`, " +
      "or remove `healthyPanicThreshold` from the policy",
  }),
  MW0422: entry<{ policy: string; places: readonly string[]; kind: string; by: string }>({
    name: "hash-differs-by-place",
    severity: "warning",
    meaning:
      "A consistent hash chooses among the endpoints with the highest priority, which differ by the caller's locality.",
    message: ({ policy, places }) =>
      `LoadBalancerPolicy ${quote(policy)} sends requests with the same hash to different endpoints, ` +
      `depending on the caller's locality: found callers in ${list(places)}`,
    help: ({ kind, by }) =>
      `call the destination from one locality, or remove ${kind} ${quote(by)}, ` +
      "which makes callers prefer endpoints in their own locality",
  }),
  MW0423: entry<{ policy: string; clusters: readonly string[] }>({
    name: "hash-ends-at-gateway",
    severity: "warning",
    meaning:
      "A consistent hash selects the east-west gateway of another network, which load-balances requests over its pods.",
    message: ({ policy, clusters }) =>
      `LoadBalancerPolicy ${quote(policy)} can't choose a pod in ${list(clusters)} ` +
      "for requests that come through the east-west gateway there",
    help: () =>
      "add an OutlierDetectionPolicy, so callers stay in their own locality while its pods are healthy, " +
      "or put the clusters on one network",
  }),
  MW0424: entry<{ policy: string; port: number; protocol: string }>({
    name: "hash-without-http",
    severity: "warning",
    meaning: "A consistent hash is computed from HTTP requests, but a port of the destination speaks another protocol.",
    message: ({ policy, port, protocol }) =>
      `LoadBalancerPolicy ${quote(policy)} has no effect on port ${port}: it needs HTTP requests, found ${protocol}`,
    help: () => "move the port to its own destination, or set its `protocol` to HTTP if it speaks HTTP",
  }),
  MW0430: entry<{ both: boolean }>({
    name: "enforce-or-shadow",
    severity: "error",
    meaning: "A CSRF policy both enforces and shadows, or does neither.",
    message: ({ both }) => `\`filterEnabled\` and \`shadowEnabled\` are both ${both}, expected exactly one to be true`,
    help: () =>
      "set `filterEnabled` to reject requests, or `shadowEnabled` to only count the requests that would be rejected; " +
      "to turn the policy off, remove it",
  }),
  MW0440: entry<{ first: string; second: string }>({
    name: "gateways-disagree",
    severity: "error",
    meaning:
      "Two gateways serve a host of one table on the same proxies and port but list different policies; " +
      "Istio merges both in no defined order.",
    message: ({ first, second }) =>
      `VirtualGateways ${quote(first)} and ${quote(second)} serve this table on the same proxies, ` +
      "but list different policies",
    help: () => "list the same policies on both gateways, list them on the table, or attach the table to one of them",
  }),
};

function shorter(a: string, b: string): string {
  return a.length < b.length ? a : b;
}
