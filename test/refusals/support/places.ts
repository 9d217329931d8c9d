/** Every place of a table, its policies and its destination at which a text reaches Envoy. */
import { EXAMPLE_KEYS } from "../../support/example-tokens.js";
import { DESTINATION_PLACES } from "./destination-places.js";
import { GATEWAY_PLACES } from "./gateway-places.js";
import { MATCHER_PLACES } from "./matcher-places.js";
import { NUMBER_PLACES } from "./number-places.js";
import { type Args, endpoints, forward, type Place, place, policy } from "./place.js";
import { SERVICE_PLACES } from "./service-places.js";
import type { Grammar } from "./texts.js";

const SERVER = { externalService: "backend", port: 80 };
const GRPC_SERVER = { externalService: "backend", port: 9000 };

const authorizer = (httpService: Args): Args => ({ server: { destinationServer: SERVER, httpService } });
const limits = (action: Args): Args => ({
  global: { serverSettings: { destinationServer: GRPC_SERVER }, domain: "shop", rateLimits: [{ actions: [action] }] },
});
const provider = (more: Args): Args => ({ local: { inline: EXAMPLE_KEYS[0] }, ...more });
const tokens = (more: Args): Args => ({ providers: { login: provider(more) } });
const headers = (name: string, put: (text: string) => Args, grammar: Grammar): Place =>
  policy("HeaderManipulationPolicy", name, grammar, put);

const ACTIONS: readonly Place[] = [
  forward("pathRewrite", "path", (pathRewrite) => ({ pathRewrite })),
  forward("regexRewrite.pattern", "expression", (regex) => ({
    regexRewrite: { pattern: { regex }, substitution: "/a" },
  })),
  forward("regexRewrite.substitution", "substitution", (substitution) => ({
    regexRewrite: { pattern: { regex: "(a)b" }, substitution },
  })),
  forward("hostRewrite", "label", (text) => ({ hostRewrite: `${text}.example.com` })),
  place("redirect.hostRedirect", "action", "label", (text) => ({
    action: { redirect: { hostRedirect: `${text}.example.com` } },
  })),
  place("redirect.pathRedirect", "action", "path", (pathRedirect) => ({ action: { redirect: { pathRedirect } } })),
  place("directResponse.body", "action", "free", (body) => ({ action: { directResponse: { status: 200, body } } })),
  place("hosts", "hosts", "label", (label) => ({ label })),
];

const HEADERS: readonly Place[] = [
  headers("setRequestHeaders", (text) => ({ setRequestHeaders: { "x-a": text } }), "headerValue"),
  headers("appendRequestHeaders", (text) => ({ appendRequestHeaders: { "x-a": text } }), "headerValue"),
  headers("setResponseHeaders", (text) => ({ setResponseHeaders: { "x-a": text } }), "headerValue"),
  headers("appendResponseHeaders", (text) => ({ appendResponseHeaders: { "x-a": text } }), "headerValue"),
  headers("setRequestHeaders name", (text) => ({ setRequestHeaders: { [text]: "a" } }), "headerName"),
  headers("appendResponseHeaders name", (text) => ({ appendResponseHeaders: { [text]: "a" } }), "headerName"),
  headers("removeRequestHeaders", (text) => ({ removeRequestHeaders: [text] }), "headerName"),
  headers("removeResponseHeaders", (text) => ({ removeResponseHeaders: [text] }), "headerName"),
];

const BROWSERS: readonly Place[] = [
  policy("CORSPolicy", "allowOrigins.exact", "free", (exact) => ({ allowOrigins: [{ exact }] })),
  policy("CORSPolicy", "allowOrigins.prefix", "free", (prefix) => ({ allowOrigins: [{ prefix }] })),
  policy("CORSPolicy", "allowOrigins.regex", "expression", (regex) => ({ allowOrigins: [{ regex }] })),
  policy("CORSPolicy", "allowHeaders", "headerName", (text) => ({
    allowOrigins: [{ exact: "https://a.example.com" }],
    allowHeaders: [text],
  })),
  policy("CORSPolicy", "exposeHeaders", "headerName", (text) => ({
    allowOrigins: [{ exact: "https://a.example.com" }],
    exposeHeaders: [text],
  })),
  policy("CORSPolicy", "maxAge", "duration", (maxAge) => ({ allowOrigins: [{ prefix: "https://" }], maxAge })),
  policy("CSRFPolicy", "additionalOrigins.exact", "free", (exact) => ({ additionalOrigins: [{ exact }] })),
  policy("CSRFPolicy", "additionalOrigins.prefix", "free", (prefix) => ({ additionalOrigins: [{ prefix }] })),
  policy("CSRFPolicy", "additionalOrigins.regex", "expression", (regex) => ({ additionalOrigins: [{ regex }] })),
];

const AUTHORIZERS: readonly Place[] = [
  policy("ExtAuthPolicy", "pathPrefix", "path", (pathPrefix) => authorizer({ pathPrefix })),
  policy("ExtAuthPolicy", "headersToAdd", "headerValue", (text) =>
    authorizer({ request: { headersToAdd: { "x-a": text } } }),
  ),
  policy("ExtAuthPolicy", "headersToAdd name", "headerName", (text) =>
    authorizer({ request: { headersToAdd: { [text]: "a" } } }),
  ),
  policy("ExtAuthPolicy", "allowedHeaders", "headerName", (text) =>
    authorizer({ request: { allowedHeaders: [text] } }),
  ),
  policy("ExtAuthPolicy", "allowedUpstreamHeaders", "headerName", (text) =>
    authorizer({ response: { allowedUpstreamHeaders: [text] } }),
  ),
  policy("ExtAuthPolicy", "allowedClientHeaders", "headerName", (text) =>
    authorizer({ response: { allowedClientHeaders: [text] } }),
  ),
  policy("ExtAuthPolicy", "requestTimeout", "duration", (requestTimeout) => ({
    server: { destinationServer: GRPC_SERVER, requestTimeout },
  })),
  policy("ExtAuthPolicy", "contextExtensions", "free", (text) => ({
    server: { destinationServer: GRPC_SERVER },
    customAuth: { contextExtensions: { a: text } },
  })),
  policy("ExtAuthPolicy", "contextExtensions name", "free", (text) => ({
    server: { destinationServer: GRPC_SERVER },
    customAuth: { contextExtensions: { [text]: "a" } },
  })),
];

const TOKENS: readonly Place[] = [
  policy("JWTPolicy", "providers name", "free", (name) => ({ providers: { [name]: provider({}) } })),
  policy("JWTPolicy", "local.inline", "keySet", (inline) => ({ providers: { login: { local: { inline } } } })),
  policy("JWTPolicy", "issuer", "free", (issuer) => tokens({ issuer })),
  policy("JWTPolicy", "audiences", "free", (text) => tokens({ audiences: [text] })),
  policy("JWTPolicy", "tokenSource.headers.name", "headerName", (name) =>
    tokens({ tokenSource: { headers: [{ name }] } }),
  ),
  policy("JWTPolicy", "tokenSource.headers.prefix", "free", (prefix) =>
    tokens({ tokenSource: { headers: [{ name: "x-token", prefix }] } }),
  ),
  policy("JWTPolicy", "tokenSource.queryParams", "free", (text) =>
    tokens({ tokenSource: { queryParams: [text] }, keepToken: true }),
  ),
  policy("JWTPolicy", "claimsToHeaders.claim", "free", (claim) =>
    tokens({ claimsToHeaders: [{ claim, header: "x-a" }] }),
  ),
  policy("JWTPolicy", "claimsToHeaders.header", "headerName", (header) =>
    tokens({ claimsToHeaders: [{ claim: "sub", header }] }),
  ),
  policy("JWTPolicy", "outputPayloadToHeader", "headerName", (text) => tokens({ outputPayloadToHeader: text })),
  policy("JWTPolicy", "claims.key", "free", (key) => ({ ...tokens({}), claims: [{ key, values: ["a"] }] })),
  policy("JWTPolicy", "claims.values", "free", (text) => ({ ...tokens({}), claims: [{ key: "a", values: [text] }] })),
  policy("JWTPolicy", "claims.nestedClaimDelimiter", "free", (nestedClaimDelimiter) => ({
    ...tokens({}),
    claims: [{ key: "a.b", notValues: ["a"], nestedClaimDelimiter }],
  })),
  policy("JWTPolicy", "requiredScopes", "free", (text) => ({ ...tokens({}), requiredScopes: [text] })),
  policy("JWTPolicy", "remote.url", "url", (text) => ({
    providers: { login: { remote: { url: text, destinationRef: SERVER } } },
  })),
  policy("JWTPolicy", "remote.cacheDuration", "duration", (cacheDuration) => ({
    providers: { login: { remote: { url: "http://a/", destinationRef: SERVER, cacheDuration } } },
  })),
  policy("JWTPolicy", "remote.timeout", "duration", (timeout) => ({
    providers: { login: { remote: { url: "http://a/", destinationRef: SERVER, timeout } } },
  })),
];

const RATES: readonly Place[] = [
  policy("RateLimitPolicy", "domain", "free", (domain) => ({
    global: {
      serverSettings: { destinationServer: GRPC_SERVER },
      domain,
      rateLimits: [{ actions: [{ remoteAddress: true }] }],
    },
  })),
  policy("RateLimitPolicy", "requestTimeout", "duration", (requestTimeout) => ({
    global: {
      serverSettings: { destinationServer: GRPC_SERVER, requestTimeout },
      domain: "a",
      rateLimits: [{ actions: [{ remoteAddress: true }] }],
    },
  })),
  policy("RateLimitPolicy", "genericKey.descriptorValue", "free", (text) =>
    limits({ genericKey: { descriptorValue: text } }),
  ),
  policy("RateLimitPolicy", "genericKey.descriptorKey", "free", (text) =>
    limits({ genericKey: { descriptorValue: "a", descriptorKey: text } }),
  ),
  policy("RateLimitPolicy", "requestHeaders.headerName", "headerName", (headerName) =>
    limits({ requestHeaders: { headerName, descriptorKey: "a" } }),
  ),
  policy("RateLimitPolicy", "requestHeaders.descriptorKey", "free", (descriptorKey) =>
    limits({ requestHeaders: { headerName: "x-a", descriptorKey } }),
  ),
  policy("RateLimitPolicy", "headerValueMatch.descriptorValue", "free", (descriptorValue) =>
    limits({ headerValueMatch: { descriptorValue, headers: [{ name: "x-a" }] } }),
  ),
  policy("RateLimitPolicy", "headerValueMatch.value", "free", (value) =>
    limits({ headerValueMatch: { descriptorValue: "a", headers: [{ name: "x-a", value }] } }),
  ),
  policy("RateLimitPolicy", "headerValueMatch.regex", "expression", (value) =>
    limits({ headerValueMatch: { descriptorValue: "a", headers: [{ name: "x-a", value, regex: true }] } }),
  ),
  policy("RateLimitPolicy", "metadata.metadataKey", "free", (key) =>
    limits({ metadata: { descriptorKey: "a", metadataKey: { key, path: [{ key: "a" }] } } }),
  ),
  policy("RateLimitPolicy", "metadata.path", "free", (key) =>
    limits({ metadata: { descriptorKey: "a", metadataKey: { key: "a", path: [{ key }] }, defaultValue: "b" } }),
  ),
  policy("RateLimitPolicy", "metadata.defaultValue", "free", (defaultValue) =>
    limits({ metadata: { descriptorKey: "a", metadataKey: { key: "a", path: [{ key: "a" }] }, defaultValue } }),
  ),
];

const extractor = (header: string, regex: string): Args => ({ e: { header, regex } });

const TRANSFORMATIONS: readonly Place[] = [
  policy("TransformationPolicy", "request.headers", "template", (text) => ({
    request: { extractors: extractor("x-e", "a.*"), headers: { "x-a": text } },
  })),
  policy("TransformationPolicy", "response.headers", "template", (text) => ({
    response: { headers: { "x-a": text } },
  })),
  policy("TransformationPolicy", "request.headers name", "headerName", (text) => ({
    request: { headers: { [text]: "a" } },
  })),
  policy("TransformationPolicy", "extractors.header", "headerName", (text) => ({
    request: { extractors: extractor(text, "a"), headers: { "x-a": "{{ e }}" } },
  })),
  policy("TransformationPolicy", "extractors.regex", "expression", (text) => ({
    request: { extractors: extractor("x-e", text), headers: { "x-a": "{{ e }}" } },
  })),
  policy("TransformationPolicy", "body.json", "template", (text) => ({ request: { body: { json: { a: text } } } })),
  policy("TransformationPolicy", "body.json name", "free", (text) => ({
    response: { body: { json: { [text]: "a" } } },
  })),
];

const TIMES: readonly Place[] = [
  policy("RetryTimeoutPolicy", "retries.retryOn", "retryOn", (text) => ({ retries: { retryOn: text } })),
  policy("RetryTimeoutPolicy", "retries.perTryTimeout", "duration", (text) => ({ retries: { perTryTimeout: text } })),
  policy("RetryTimeoutPolicy", "requestTimeout", "duration", (requestTimeout) => ({ requestTimeout })),
  policy("FaultInjectionPolicy", "delay.fixedDelay", "duration", (fixedDelay) => ({ delay: { fixedDelay } })),
];

const probe = (more: Args): Args => ({ virtualGateways: ["edge"], healthCheck: more });

const ENDPOINTS: readonly Place[] = [
  endpoints("LoadBalancerPolicy", "httpHeaderName", "headerName", (text) => ({
    consistentHash: { httpHeaderName: text },
  })),
  endpoints("LoadBalancerPolicy", "httpQueryParameterName", "free", (text) => ({
    consistentHash: { httpQueryParameterName: text },
  })),
  endpoints("LoadBalancerPolicy", "httpCookie.name", "cookieName", (name) => ({
    consistentHash: { httpCookie: { name, ttl: "1s" } },
  })),
  endpoints("LoadBalancerPolicy", "httpCookie.path", "path", (path) => ({
    consistentHash: { httpCookie: { name: "a", path, ttl: "1s" } },
  })),
  endpoints("LoadBalancerPolicy", "httpCookie.ttl", "duration", (ttl) => ({
    consistentHash: { httpCookie: { name: "a", ttl } },
  })),
  endpoints("LoadBalancerPolicy", "warmupDurationSecs", "duration", (text) => ({
    simple: "ROUND_ROBIN",
    warmupDurationSecs: text,
  })),
  endpoints("ConnectionPolicy", "connectTimeout", "duration", (connectTimeout) => ({ tcp: { connectTimeout } })),
  endpoints("ConnectionPolicy", "idleTimeout", "duration", (idleTimeout) => ({ http: { idleTimeout } })),
  endpoints("OutlierDetectionPolicy", "interval", "duration", (interval) => ({ interval })),
  endpoints("OutlierDetectionPolicy", "baseEjectionTime", "duration", (baseEjectionTime) => ({ baseEjectionTime })),
  endpoints("ActiveHealthCheckPolicy", "path", "path", (path) => probe({ httpHealthCheck: { path } })),
  endpoints("ActiveHealthCheckPolicy", "host", "serverName", (host) => probe({ httpHealthCheck: { path: "/", host } })),
  endpoints("ActiveHealthCheckPolicy", "method", "method", (method) =>
    probe({ httpHealthCheck: { path: "/", method } }),
  ),
  place("ActiveHealthCheckPolicy.serviceName", "destination", "free", (serviceName) => ({
    endpoints: [["ActiveHealthCheckPolicy", probe({ grpcHealthCheck: { serviceName } })]],
    destination: { ports: [{ number: 80, protocol: "GRPC" }] },
  })),
  endpoints("ActiveHealthCheckPolicy", "interval", "duration", (interval) => probe({ tcpHealthCheck: {}, interval })),
  endpoints("ActiveHealthCheckPolicy", "timeout", "duration", (timeout) => probe({ tcpHealthCheck: {}, timeout })),
  endpoints("AccessPolicy", "headers", "free", (text) => ({
    authzList: [{ match: { request: { headers: { "x-a": { values: [text] } } } } }],
  })),
  endpoints("AccessPolicy", "headers name", "headerName", (text) => ({
    authzList: [{ match: { request: { headers: { [text]: { values: ["a"] } } } } }],
  })),
  endpoints("AccessPolicy", "allowedPaths", "path", (text) => ({ authzList: [{ allowedPaths: [text] }] })),
  endpoints("AccessPolicy", "allowedMethods", "method", (text) => ({ authzList: [{ allowedMethods: [text] }] })),
  endpoints("AccessPolicy", "requestPrincipals", "free", (text) => ({
    authzList: [{ allowedClients: [{ requestIdentityMatcher: { requestPrincipals: [text] } }] }],
  })),
  endpoints("ClientTLSPolicy", "sni", "serverName", (sni) => ({ simple: { sni } })),
  endpoints("ClientTLSPolicy", "subjectAltNames", "free", (text) => ({ simple: { subjectAltNames: [text] } })),
];

export const PLACES: readonly Place[] = [
  ...MATCHER_PLACES,
  ...ACTIONS,
  ...HEADERS,
  ...BROWSERS,
  ...AUTHORIZERS,
  ...TOKENS,
  ...RATES,
  ...TRANSFORMATIONS,
  ...TIMES,
  ...ENDPOINTS,
  ...NUMBER_PLACES,
  ...DESTINATION_PLACES,
  ...GATEWAY_PLACES,
  ...SERVICE_PLACES,
];
