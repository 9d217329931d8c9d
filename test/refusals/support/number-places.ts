/** Places of numbers, names and delegation in tables and policies. */
import { type Args, endpoints, type Place, place, policy } from "./place.js";

const SERVER = { externalService: "backend", port: 80 };
const GRPC_SERVER = { externalService: "backend", port: 9000 };
const RATES = { serverSettings: { destinationServer: GRPC_SERVER }, domain: "a" };

const probe = (more: Args): Args => ({ virtualGateways: ["edge"], healthCheck: { tcpHealthCheck: {}, ...more } });
const asked = (more: Args): Args => ({
  virtualGateways: ["edge"],
  healthCheck: { httpHealthCheck: { path: "/", ...more } },
});
const kept = (more: Args): Args => ({ tcp: { tcpKeepalive: more } });

const POLICIES: readonly Place[] = [
  policy("CSRFPolicy", "percentage", "percent", (text) => ({ percentage: Number(text) })),
  policy("FaultInjectionPolicy", "delay.percentage", "percent", (text) => ({
    delay: { fixedDelay: "1s", percentage: Number(text) },
  })),
  policy("FaultInjectionPolicy", "abort.percentage", "percent", (text) => ({
    abort: { httpStatus: 503, percentage: Number(text) },
  })),
  policy("FaultInjectionPolicy", "abort.httpStatus", "integer", (text) => ({ abort: { httpStatus: Number(text) } })),
  policy("CompressionPolicy", "minContentLength", "integer", (text) => ({ minContentLength: Number(text) })),
  policy("CompressionPolicy", "contentTypes", "headerName", (text) => ({ contentTypes: [`text/${text}`] })),
  policy("HTTPBufferPolicy", "maxRequestBytes", "integer", (text) => ({ maxRequestBytes: Number(text) })),
  policy("RetryTimeoutPolicy", "retries.attempts", "integer", (text) => ({ retries: { attempts: Number(text) } })),
  policy("ExtAuthPolicy", "requestBody.maxRequestBytes", "integer", (text) => ({
    server: { destinationServer: GRPC_SERVER, requestBody: { maxRequestBytes: Number(text) } },
  })),
  policy("ExtAuthPolicy", "statusOnError", "integer", (text) => ({
    server: { destinationServer: GRPC_SERVER, statusOnError: Number(text) },
  })),
  policy("ExtAuthPolicy", "requestTimeout over HTTP", "duration", (requestTimeout) => ({
    server: { destinationServer: SERVER, httpService: {}, requestTimeout },
  })),
  policy("JWTPolicy", "clockSkewSeconds", "integer", (text) => ({
    providers: {
      login: { remote: { url: "http://a/", destinationRef: SERVER }, clockSkewSeconds: Number(text) },
    },
  })),
  policy("JWTPolicy", "claims.notValues", "free", (text) => ({
    providers: { login: { remote: { url: "http://a/", destinationRef: SERVER } } },
    claims: [{ key: "a", notValues: [text] }],
  })),
  policy("RateLimitPolicy", "local.requestsPerUnit", "integer", (text) => ({
    local: { requestsPerUnit: Number(text), unit: "DAY" },
  })),
  policy("RateLimitPolicy", "local.burst", "integer", (text) => ({
    local: { requestsPerUnit: 1, unit: "SECOND", burst: Number(text) },
  })),
  policy("RateLimitPolicy", "headerValueMatch.descriptorKey", "free", (descriptorKey) => ({
    global: {
      ...RATES,
      rateLimits: [
        { actions: [{ headerValueMatch: { descriptorValue: "a", descriptorKey, headers: [{ name: "a" }] } }] },
      ],
    },
  })),
  policy("RateLimitPolicy", "headerValueMatch.headers.name", "headerName", (name) => ({
    global: {
      ...RATES,
      rateLimits: [{ actions: [{ headerValueMatch: { descriptorValue: "a", headers: [{ name }] } }] }],
    },
  })),
  policy("RateLimitPolicy", "metadata.descriptorKey", "free", (descriptorKey) => ({
    global: {
      ...RATES,
      rateLimits: [{ actions: [{ metadata: { descriptorKey, metadataKey: { key: "a", path: [{ key: "a" }] } } }] }],
    },
  })),
  policy("CORSPolicy", "allowMethods", "method", (text) => ({
    allowOrigins: [{ exact: "https://a.example.com" }],
    allowMethods: [text],
  })),
  policy("TransformationPolicy", "extractors.subgroup", "integer", (text) => ({
    request: {
      extractors: { e: { header: "x-e", regex: "(a)(b)", subgroup: Number(text) } },
      headers: { "x-a": "{{ e }}" },
    },
  })),
  policy("TransformationPolicy", "extractors name", "labelPart", (text) => ({
    request: { extractors: { [text]: { header: "x-e", regex: "a" } }, headers: { "x-a": `{{ ${text} }}` } },
  })),
  policy("TransformationPolicy", "response.body.json", "template", (text) => ({
    response: { body: { json: { a: text } } },
  })),
  policy("TransformationPolicy", "request.body.json name", "free", (text) => ({
    request: { body: { json: { [text]: "a" } } },
  })),
];

const ENDPOINTS: readonly Place[] = [
  ...(["maxRequestsPerConnection", "maxRetries", "maxRequests", "maxPendingRequests"] as const).map((field) =>
    endpoints("ConnectionPolicy", `http.${field}`, "integer", (text) => ({ http: { [field]: Number(text) } })),
  ),
  endpoints("ConnectionPolicy", "tcp.maxConnections", "integer", (text) => ({ tcp: { maxConnections: Number(text) } })),
  endpoints("ConnectionPolicy", "tcpKeepalive.probes", "integer", (text) => kept({ probes: Number(text) })),
  endpoints("ConnectionPolicy", "tcpKeepalive.time", "duration", (time) => kept({ time })),
  endpoints("ConnectionPolicy", "tcpKeepalive.interval", "duration", (interval) => kept({ interval })),
  ...(["consecutiveErrors", "consecutiveGatewayErrors", "maxEjectionPercent"] as const).map((field) =>
    endpoints("OutlierDetectionPolicy", field, "integer", (text) => ({ [field]: Number(text) })),
  ),
  place("LoadBalancerPolicy.healthyPanicThreshold", "destination", "integer", (text) => ({
    endpoints: [
      ["LoadBalancerPolicy", { simple: "RANDOM", healthyPanicThreshold: Number(text) }],
      ["OutlierDetectionPolicy", {}],
    ],
  })),
  endpoints("ActiveHealthCheckPolicy", "unhealthyThreshold", "integer", (text) =>
    probe({ unhealthyThreshold: Number(text) }),
  ),
  endpoints("ActiveHealthCheckPolicy", "healthyThreshold", "integer", (text) =>
    probe({ healthyThreshold: Number(text) }),
  ),
  endpoints("ActiveHealthCheckPolicy", "noTrafficInterval", "duration", (text) => probe({ noTrafficInterval: text })),
  endpoints("ActiveHealthCheckPolicy", "expectedStatuses.start", "integer", (text) =>
    asked({ expectedStatuses: [{ start: Number(text), end: 600 }] }),
  ),
  endpoints("ActiveHealthCheckPolicy", "expectedStatuses.end", "integer", (text) =>
    asked({ expectedStatuses: [{ start: 100, end: Number(text) }] }),
  ),
  place("ActiveHealthCheckPolicy.authority", "destination", "serverName", (authority) => ({
    endpoints: [
      ["ActiveHealthCheckPolicy", { virtualGateways: ["edge"], healthCheck: { grpcHealthCheck: { authority } } }],
    ],
    destination: { ports: [{ number: 80, protocol: "GRPC" }] },
  })),
];

const many = <T>(text: string, each: (index: number) => T): readonly T[] =>
  Array.from({ length: Number(text) }, (_, index) => each(index));
const manyHeaders = (text: string, prefix = "x-h"): Args =>
  Object.fromEntries(many(text, (index) => [`${prefix}${index}`, "a"]));

const COUNTS: readonly Place[] = [
  policy("HeaderManipulationPolicy", "count of setRequestHeaders", "count", (text) => ({
    setRequestHeaders: manyHeaders(text),
  })),
  policy("HeaderManipulationPolicy", "count of all request headers", "count", (text) => ({
    setRequestHeaders: manyHeaders(text),
    appendRequestHeaders: { "x-a": "a" },
  })),
  policy("HeaderManipulationPolicy", "count of appendResponseHeaders", "count", (text) => ({
    appendResponseHeaders: manyHeaders(text),
  })),
  policy("HeaderManipulationPolicy", "count of removeResponseHeaders", "count", (text) => ({
    removeResponseHeaders: Object.keys(manyHeaders(text)),
  })),
  policy("TransformationPolicy", "count of headers", "count", (text) => ({ request: { headers: manyHeaders(text) } })),
  policy("ExtAuthPolicy", "count of headersToAdd", "count", (text) => ({
    server: { destinationServer: SERVER, httpService: { request: { headersToAdd: manyHeaders(text) } } },
  })),
  policy("CORSPolicy", "count of allowOrigins", "count", (text) => ({
    allowOrigins: many(text, (index) => ({ exact: `https://a${index}.example.com` })),
  })),
  policy("RateLimitPolicy", "count of rateLimits", "count", (text) => ({
    global: { ...RATES, rateLimits: many(text, () => ({ actions: [{ remoteAddress: true }] })) },
  })),
  policy("RetryTimeoutPolicy", "count of retryOn", "count", (text) => ({
    retries: { retryOn: many(text, () => "503").join(",") },
  })),
  place("count of headers", "headers", "count", (text) => ({
    matcher: { headers: many(text, (index) => ({ name: `x-${index}`, value: "a" })) },
  })),
  place("count of ports", "destination", "count", (text) => ({
    destination: { ports: many(text, (index) => ({ number: index + 80, protocol: "HTTP" })) },
    action: { forwardTo: { destinations: [{ externalService: "backend", port: 80 }] } },
  })),
];

const TABLES: readonly Place[] = [
  place("route name", "table", "labelPart", (name) => ({
    table: { http: [{ name, directResponse: { status: 200 } }] },
  })),
  place("directResponse.status", "action", "integer", (text) => ({
    action: { directResponse: { status: Number(text), body: "a" } },
  })),
  place("destinations.weight", "action", "integer", (text) => ({
    action: {
      forwardTo: {
        destinations: [
          { ...SERVER, weight: Number(text) },
          { externalService: "backend", port: 9000 },
        ],
      },
    },
  })),
  place("weight", "table", "integer", (text) => ({ table: { weight: Number(text) } })),
  place("sidecars.namespaces", "table", "labelPart", (text) => ({ table: { sidecars: { namespaces: [text] } } })),
  place("sidecars.labels", "table", "labelPart", (text) => ({
    table: { sidecars: { namespaces: ["callers"], labels: { a: text } } },
  })),
  place("sidecars.labels name", "table", "labelPart", (text) => ({
    table: { sidecars: { namespaces: ["callers"], labels: { [text]: "a" } } },
  })),
  place("destinations.service.name", "action", "labelPart", (name) => ({
    action: { forwardTo: { destinations: [{ service: { name, namespace: "a", cluster: "east" }, port: 80 }] } },
  })),
  place("destinations.service.namespace", "action", "labelPart", (namespace) => ({
    action: { forwardTo: { destinations: [{ service: { name: "a", namespace, cluster: "east" }, port: 80 }] } },
  })),
  place("delegate.uri.prefix", "delegate", "path", (prefix) => ({ parent: { uri: { prefix } } })),
  place("delegate.uri.regex", "delegate", "expression", (regex) => ({ parent: { uri: { regex } } })),
  place("delegate.headers.value", "delegate", "free", (value) => ({ parent: { headers: [{ name: "x-b", value }] } })),
];

export const NUMBER_PLACES: readonly Place[] = [...POLICIES, ...ENDPOINTS, ...COUNTS, ...TABLES];
