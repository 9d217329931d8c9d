/** Places in gateways: their listeners, access logs, and routes of connections. */
import { type Args, besides, type Own, type Place, type Resource } from "./place.js";
import type { Grammar } from "./texts.js";
import { GATEWAY_NAMESPACE, OWN_PROXY_LABELS } from "./world.js";

const SLOT = "gateway";

/** A gateway for one table, with one listener, and a table without which istiod would create no listener. */
function gateway(own: Own, listener: Args, more: Args = {}, table: Args = answers(own)): readonly Resource[] {
  const listeners = [{ port: own.port, ...listener }];
  return [
    [
      "VirtualGateway",
      own.name,
      { fleet: "prod", namespace: GATEWAY_NAMESPACE, workloads: { labels: OWN_PROXY_LABELS }, listeners, ...more },
    ],
    ["RouteTable", `${own.name}-own`, { fleet: "prod", virtualGateways: [own.name], ...table }],
  ];
}

function answers({ name }: Own): Args {
  return { hosts: [`${name}.example.net`], http: [{ name: "route", directResponse: { status: 200 } }] };
}

interface Connections {
  readonly matchers?: Args;
  readonly host?: string;
  readonly name?: string;
}

function connections(own: Own, kind: "tls" | "tcp", options: Connections): Args {
  const { matchers = { ...(kind === "tls" && { sniHosts: [`*.${own.name}.example.net`] }) } } = options;
  const { host = "*", name = "route" } = options;
  const destinations = [{ externalService: "backend", port: kind === "tls" ? 443 : 9001 }];
  return {
    hosts: [`${host}.${own.name}.example.net`],
    [kind]: [{ name, matchers: [matchers], forwardTo: { destinations } }],
  };
}

const PASSED = { tls: { mode: "PASSTHROUGH" } };

const listener = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  besides(`VirtualGateway.${name}`, SLOT, grammar, (text, own) => gateway(own, put(text)));

const LISTENERS: readonly Place[] = [
  // labels that select no proxy, or the gateways would collide
  besides("VirtualGateway.port", SLOT, "integer", (text, own) =>
    gateway(own, { port: Number(text) }, { workloads: { labels: { istio: own.name } } }),
  ),
  besides("VirtualGateway.targetPort", SLOT, "integer", (text, own) =>
    gateway(own, { targetPort: Number(text) }, { workloads: { labels: { istio: own.name } } }),
  ),
  listener("tls.secretName", "resourceName", (secretName) => ({ tls: { mode: "SIMPLE", secretName } })),
  listener("tls.cipherSuites", "cipherSuite", (text) => ({
    tls: { mode: "SIMPLE", secretName: "web", cipherSuites: [text] },
  })),
  besides("VirtualGateway.allowedRouteTables.host", SLOT, "label", (text, own) =>
    gateway(
      own,
      { allowedRouteTables: [{ host: `${text}.${own.name}.example.net` }] },
      {},
      { ...answers(own), hosts: [`${text}.${own.name}.example.net`] },
    ),
  ),
  besides("VirtualGateway.workloads.labels", SLOT, "labelPart", (text, own) =>
    gateway(own, {}, { workloads: { labels: { ...OWN_PROXY_LABELS, a: text } } }),
  ),
  besides("VirtualGateway.workloads.labels name", SLOT, "labelPart", (text, own) =>
    gateway(own, {}, { workloads: { labels: { ...OWN_PROXY_LABELS, [text]: "a" } } }),
  ),
];

const listed = (kind: string, name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  besides(`${kind}.${name}`, SLOT, grammar, (text, own) => [
    ...gateway(own, {}, { policies: [`${kind}/${own.name}`] }),
    [kind, own.name, put(text)],
  ]);

const log = (name: string, grammar: Grammar, put: (text: string) => Args): Place =>
  listed("AccessLogPolicy", name, grammar, put);

const LOGS: readonly Place[] = [
  log("includedRequestHeaders", "headerName", (text) => ({ includedRequestHeaders: [text] })),
  log("includedResponseHeaders", "headerName", (text) => ({ includedResponseHeaders: [text] })),
  log("includedResponseTrailers", "headerName", (text) => ({ includedResponseTrailers: [text] })),
  log("includedFilterStateObjects", "stateKey", (text) => ({ includedFilterStateObjects: [text] })),
  log("filters.statusCodeMatcher.value", "integer", (text) => ({
    filters: [{ statusCodeMatcher: { value: Number(text), comparator: "GE" } }],
  })),
  log("filters.headerMatcher.name", "headerName", (name) => ({ filters: [{ headerMatcher: { name } }] })),
  log("filters.headerMatcher.value", "free", (value) => ({ filters: [{ headerMatcher: { name: "x-a", value } }] })),
  log("filters.headerMatcher.regex", "expression", (value) => ({
    filters: [{ headerMatcher: { name: "x-a", value, regex: true, invertMatch: true } }],
  })),
  // every line contains the name of the policy
  besides("AccessLogPolicy name", SLOT, "free", (text, own) => [
    ...gateway(own, {}, { policies: [`AccessLogPolicy/${own.name}${text}`] }),
    ["AccessLogPolicy", `${own.name}${text}`, { includedRequestHeaders: ["x-a"] }],
  ]),
];

const CLIENTS: readonly Place[] = [
  listed("ListenerConnectionPolicy", "perConnectionBufferLimitBytes", "integer", (text) => ({
    perConnectionBufferLimitBytes: Number(text),
  })),
  listed("ListenerConnectionPolicy", "tcpKeepalive.probes", "integer", (text) => ({
    tcpKeepalive: { probes: Number(text) },
  })),
  listed("ListenerConnectionPolicy", "tcpKeepalive.time", "duration", (time) => ({ tcpKeepalive: { time } })),
  listed("ListenerConnectionPolicy", "tcpKeepalive.interval", "duration", (interval) => ({
    tcpKeepalive: { interval },
  })),
];

const CONNECTIONS: readonly Place[] = [
  besides("tls.sniHosts", SLOT, "label", (text, own) =>
    gateway(own, PASSED, {}, connections(own, "tls", { matchers: { sniHosts: [`${text}.${own.name}.example.net`] } })),
  ),
  besides("tls.hosts", SLOT, "label", (host, own) => {
    const matchers = { sniHosts: [`${host}.${own.name}.example.net`] };
    return gateway(own, PASSED, {}, connections(own, "tls", { matchers, host }));
  }),
  besides("tls.name", SLOT, "labelPart", (name, own) => gateway(own, PASSED, {}, connections(own, "tls", { name }))),
  besides("tcp.name", SLOT, "labelPart", (name, own) =>
    gateway(own, { protocol: "TCP" }, {}, connections(own, "tcp", { name, host: "a" })),
  ),
  besides("tcp.hosts", SLOT, "label", (host, own) =>
    gateway(own, { protocol: "TCP" }, {}, connections(own, "tcp", { host })),
  ),
];

/** Two gateways on one port of the same proxies: one terminates TLS for `a`, the other passes it through for a host. */
function shared(own: Own, host: string, opening: Args): readonly Resource[] {
  const opens = { ...opening, allowedRouteTables: [{ host: `a.${own.name}.example.net` }] };
  const passes = { ...PASSED, allowedRouteTables: [{ host: `*.${own.name}.example.net` }] };
  const name = `${own.name}-passed`;
  const matchers = { sniHosts: [`${host}.${own.name}.example.net`] };
  return [
    ...gateway(own, opens, {}, { ...answers(own), hosts: [`a.${own.name}.example.net`] }),
    ...gateway({ ...own, name }, passes, {}, { ...connections(own, "tls", { matchers }) }),
  ];
}

const SHARED: readonly Place[] = [
  besides("tls.sniHosts beside HTTPS", SLOT, "label", (text, own) =>
    shared(own, text, { tls: { mode: "SIMPLE", secretName: "web" } }),
  ),
];

export const GATEWAY_PLACES: readonly Place[] = [...LISTENERS, ...LOGS, ...CLIENTS, ...CONNECTIONS, ...SHARED];
