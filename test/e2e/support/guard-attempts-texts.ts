/** Texts that Envoy formats, and headers that only proxies write. */
import { READS_PROXY } from "../../../sdk/nodejs/src/model/envoy-operators.js";
import { PROXY_HEADER_PREFIX, PROXY_HEADERS } from "../../../sdk/nodejs/src/model/written-headers.js";
import { type Pair, pair } from "./guard-attempt.js";
import { destinationRule, requestAuthentication, telemetry, to, virtualService } from "./guard-objects.js";
import { alice } from "./guard-users.js";

type Route = { readonly [field: string]: unknown };

const mesh = (route: Route) => virtualService("shop", { exportTo: ["."], hosts: ["frontend"], http: [route] });
const web = (route: Route) =>
  virtualService("shop", { hosts: ["cart.shop.example.com"], gateways: ["gateways/web"], http: [route] });
const own = (headers: object) => mesh({ ...to("frontend"), headers });
const request = (value: string) => own({ request: { set: { "x-a": value } } });
const atDestination = (headers: object) =>
  mesh({ route: [{ destination: { host: "frontend" } }, { destination: { host: "frontend" }, weight: 1, headers }] });
const tag = (value: string) =>
  telemetry("shop", { tracing: [{ customTags: { plain: { literal: { value: "a" } }, a: { formatter: { value } } } }] });

const VALUE = /the value of a header, .*, holds an operator that reads what is the proxy's own, or that Envoy does not/;
const NAME = /a route writes or removes header .*, which is no name or the proxy's own, expected another header/;
const long = (value: string) => `${"%REQ(x-a)% ".repeat(20)}${value}`;

const operators = [...READS_PROXY.keys()].map((operator) =>
  pair(
    `the operator ${operator}`,
    alice,
    { refused: request(`a %${operator}(HOME)% b`), allowed: request(`a %REQ(${operator.toLowerCase()})% b`) },
    VALUE,
  ),
);

const names = [...PROXY_HEADERS, `${PROXY_HEADER_PREFIX}retry-on`].map((name) =>
  pair(
    `the header ${name}`,
    alice,
    {
      refused: own({ request: { set: { [name.toUpperCase()]: "a" } } }),
      allowed: own({ request: { set: { [`x-${name}`]: "a" } } }),
    },
    NAME,
  ),
);

export const texts: readonly Pair[] = [
  ...operators,
  pair(
    "settings of listeners",
    alice,
    { refused: request("%METADATA(LISTENER:a:b)%"), allowed: request("%METADATA(ROUTE:istio:config)%") },
    VALUE,
  ),
  pair(
    "an operator behind doubled signs",
    alice,
    { refused: request("%%%ENVIRONMENT(HOME)%"), allowed: request("%%ENVIRONMENT(HOME)%%") },
    VALUE,
  ),
  pair(
    "an operator that Envoy does not know",
    alice,
    { refused: request("%NOPE%"), allowed: request("%PROTOCOL%") },
    VALUE,
  ),
  pair("a loose sign", alice, { refused: request("100%"), allowed: request("100%%") }, VALUE),
  pair(
    "a line break in a time",
    alice,
    { refused: request("%START_TIME(%Y%n)%"), allowed: request("%START_TIME(%Y-%m-%dT%H)%") },
    VALUE,
  ),
  pair(
    "the end of a long value",
    alice,
    { refused: request(long("%FILE_CONTENT(/a)%")), allowed: request(long("%PATH%")) },
    VALUE,
  ),
  pair(
    "a value that is added",
    alice,
    {
      refused: own({ request: { add: { "x-a": "%ENVIRONMENT(HOME)%" } } }),
      allowed: own({ request: { add: { "x-a": "%PATH%" } } }),
    },
    VALUE,
  ),
  pair(
    "a value of answers",
    alice,
    {
      refused: own({ response: { set: { "x-b": "a", "x-a": "%ENVIRONMENT(HOME)%" } } }),
      allowed: own({ response: { set: { "x-b": "a", "x-a": "%RESPONSE_CODE%" } } }),
    },
    VALUE,
  ),
  pair(
    "a value that is added to answers of a destination",
    alice,
    {
      refused: atDestination({ response: { add: { "x-a": "%ENVIRONMENT(HOME)%" } } }),
      allowed: atDestination({ response: { add: { "x-a": "%UPSTREAM_HOST%" } } }),
    },
    VALUE,
  ),
  pair(
    "a value of a gateway's route",
    alice,
    {
      refused: web({ ...to("frontend"), headers: { request: { set: { "x-a": "%ENVIRONMENT(HOME)%" } } } }),
      allowed: web({ ...to("frontend"), headers: { request: { set: { "x-a": "%HOSTNAME%" } } } }),
    },
    VALUE,
  ),
  pair(
    "a value of an answer by the route itself",
    alice,
    {
      refused: web({
        directResponse: { status: 200 },
        headers: { response: { set: { "x-a": "%ENVIRONMENT(HOME)%" } } },
      }),
      // Envoy does not format bodies
      allowed: web({
        directResponse: { status: 200, body: { string: "%ENVIRONMENT(HOME)%" } },
        headers: { response: { set: { "x-a": "a" } } },
      }),
    },
    VALUE,
  ),
  ...names,
  pair(
    "the removal of a proxy's header",
    alice,
    {
      refused: own({ response: { remove: ["x-a", "x-envoy-upstream-service-time"] } }),
      allowed: own({ response: { remove: ["x-a", "server"] } }),
    },
    NAME,
  ),
  pair(
    "a proxy's header of a destination",
    alice,
    {
      refused: atDestination({ request: { add: { "x-forwarded-client-cert": "a" } } }),
      allowed: atDestination({ request: { set: { host: "list.shop.global" } } }),
    },
    NAME,
  ),
  pair(
    "a part of the request that is no header",
    alice,
    {
      refused: own({ request: { set: { ":path": "/admin" } } }),
      allowed: own({ request: { set: { path: "/admin" } } }),
    },
    NAME,
  ),
  pair(
    "a format of a tag",
    alice,
    { refused: tag("%FILE_CONTENT(/var/run/secrets/a)%"), allowed: tag("%REQ(x-a)%") },
    /the format of a tag, %FILE_CONTENT\(\/var\/run\/secrets\/a\)%, holds an operator/,
  ),
  pair(
    "a tunnel's host",
    alice,
    {
      refused: destinationRule("shop", {
        host: "frontend",
        trafficPolicy: { tunnel: { targetHost: "%ENVIRONMENT(HOME)%", targetPort: 80 } },
      }),
      allowed: destinationRule("shop", {
        host: "frontend",
        trafficPolicy: { tunnel: { targetHost: "api.payments.example", targetPort: 80 } },
      }),
    },
    /a tunnel asks for host %ENVIRONMENT\(HOME\)%, which Envoy would format/,
  ),
  pair(
    "a tunnel's host, by a subset",
    alice,
    {
      refused: destinationRule("shop", {
        host: "frontend",
        subsets: [{ name: "a", trafficPolicy: { tunnel: { targetHost: "%ENVIRONMENT(HOME)%", targetPort: 80 } } }],
      }),
      allowed: destinationRule("shop", { host: "frontend", subsets: [{ name: "a" }] }),
    },
    /a tunnel asks for host %ENVIRONMENT\(HOME\)%/,
  ),
  pair(
    "claims in a proxy's header",
    alice,
    {
      refused: requestAuthentication("shop", {
        jwtRules: [{ issuer: "shop", jwks: "{}", outputPayloadToHeader: "x-forwarded-client-cert" }],
      }),
      allowed: requestAuthentication("shop", {
        jwtRules: [{ issuer: "shop", jwks: "{}", outputPayloadToHeader: "x-claims" }],
      }),
    },
    /claims are written to header x-forwarded-client-cert/,
  ),
];
