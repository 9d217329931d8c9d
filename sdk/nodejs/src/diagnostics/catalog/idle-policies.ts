import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 025x: policies that their routes leave without effect. */
export const idleOnRoutes = {
  MW0250: entry<{ route: string; destination: string; policy: string; parts: number }>({
    name: "hash-under-weights",
    severity: "warning",
    meaning:
      "A route splits its requests by weight among destinations of which one has a consistent hash. " +
      "The destination is drawn for each request, so requests with the same hash do not stay together.",
    message: ({ route, destination, policy }) =>
      `LoadBalancerPolicy ${quote(policy)} keeps similar requests together only within ${quote(destination)}: ` +
      `route ${quote(route)} draws one of its destinations for each request`,
    detail: ({ parts }) => `the route splits requests among ${parts} destinations by weight`,
    help: () =>
      "to keep callers on one version, split by a header or a cookie with matchers, " +
      "or select the pods of all versions in one VirtualDestination",
  }),
  MW0251: entry<{ policy: string; route: string; found: string }>({
    name: "cors-without-preflight",
    severity: "warning",
    meaning:
      "A CORS policy is listed for routes that no preflight request meets, and no other route with a CORS policy " +
      "takes these: browsers get no permission to send the actual request.",
    message: ({ policy, route, found }) =>
      `no preflight request meets route ${quote(route)}, which needs ${quote(found)}: ` +
      `CORSPolicy ${quote(policy)} can't answer any`,
    detail: () =>
      "browsers send preflight requests with method `OPTIONS`, and without credentials and the page's own headers",
    help: ({ policy, route }) =>
      `add a matcher with \`method: OPTIONS\` and the same path to ${quote(route)}, ` +
      `or a route for these requests that lists ${quote(policy)}`,
  }),
  MW0252: entry<{ on: "table" | "route"; policies: readonly string[] }>({
    name: "empty-policies-inherit",
    severity: "warning",
    meaning:
      "An empty list of policies exempts from nothing: the policies of tables, delegating routes and gateways " +
      "still apply.",
    message: ({ on, policies }) => `\`policies: []\` does not exempt this ${on}: it inherits ${list(policies)}`,
    help: ({ on }) =>
      `remove the empty list if that is meant; to exempt the ${on}, narrow the policies with \`applyToRoutes\` ` +
      "to labels that it does not have, or list another policy of the same kind here",
  }),
  MW0253: entry<{
    kind: string;
    policy: string;
    route: string;
    reason: "methods" | "requests" | "no body" | "short body";
  }>({
    name: "policy-meets-no-request",
    severity: "warning",
    meaning: "A policy is listed for routes whose requests and responses have nothing that it acts on.",
    message: ({ kind, policy, route, reason }) =>
      `${kind} ${quote(policy)} has no effect on route ${quote(route)}: ${
        {
          methods: "it checks `POST`, `PUT`, `PATCH` and `DELETE` only, and the route matches other methods",
          requests: "it changes requests only, and the route responds without forwarding them",
          "no body": "the route's responses have no body to compress",
          "short body": "the route's body is shorter than `minContentLength`",
        }[reason]
      }`,
    help: ({ policy, reason }) =>
      reason === "methods"
        ? `remove ${quote(policy)} here, or list it on the routes for requests that change something`
        : `remove ${quote(policy)} here, or list it on routes that forward requests`,
  }),
  MW0254: entry<{ method: string }>({
    name: "method-never-routed",
    severity: "warning",
    meaning: "A matcher has a method whose requests Envoy never matches with such routes.",
    message: ({ method }) => `no request with method ${quote(method)} meets a route: gateways do not act as proxies`,
    help: () => "remove the condition; to pass connections on, use `tls` or `tcp` routes",
  }),
};

/** Policies that leave themselves without effect. */
export const idlePolicies = {
  MW0474: entry<{ perTryTimeout: string; requestTimeout: string }>({
    name: "retries-out-of-time",
    severity: "warning",
    meaning:
      "The timeout of each try is not below that of the whole request. Envoy then ignores it, " +
      "and a try that takes too long leaves no time for a retry.",
    message: ({ perTryTimeout, requestTimeout }) =>
      `\`perTryTimeout\` ${quote(perTryTimeout)} has no effect: ` +
      `it is not below \`requestTimeout\` ${quote(requestTimeout)}`,
    help: () => "lower `perTryTimeout`, so that several tries fit into `requestTimeout`, or raise `requestTimeout`",
  }),
  MW0475: entry<{ kind: "exact" | "prefix" | "regex"; value: string; instead?: string }>({
    name: "origin-never-sent",
    severity: "warning",
    meaning:
      "A CORS policy allows an origin that no browser sends: origins are scheme, host and port in lower case, " +
      "without a path or a trailing slash.",
    message: ({ kind, value }) =>
      `no origin ${{ exact: "is", prefix: "begins with", regex: "matches" }[kind]} ${quote(value)}`,
    help: ({ instead }) =>
      instead === undefined ? "write scheme, host and port, such as `https://example.com`" : `write ${quote(instead)}`,
  }),
};

/** Rate limits that count nothing. */
export const idleRateLimits = {
  MW0499: entry<{ header: string; actions: number }>({
    name: "descriptor-never-made",
    severity: "warning",
    meaning:
      "An action of a rate limit needs a header that gateways remove or rewrite before they make descriptors. " +
      "Without an entry of each action, the server is not asked for the descriptor.",
    message: ({ header }) => `this action never makes an entry: no request has such a header ${quote(header)}`,
    detail: ({ actions }) =>
      actions === 1
        ? "the descriptor consists of this entry alone"
        : `the descriptor of ${actions} entries is not sent without this one`,
    help: () => "use another header, or remove the action; for the client's address, use `remoteAddress`",
  }),
};
