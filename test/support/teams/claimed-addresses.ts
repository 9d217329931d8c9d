import { type Attempt, at, HIDDEN, NOBODY } from "./attempt.js";
import { external, LAB, together } from "./lab.js";

const ENDPOINTS: readonly Attempt[] = [
  "127.0.0.1",
  "127.8.9.10",
  "0.0.0.0",
  "0.1.2.3",
  "169.254.169.254",
  "169.254.170.2",
  "169.254.1.1",
  "100.100.100.200",
  "168.63.129.16",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "0:0:0:0:0:0:0:1",
  "::",
  "fe80::1",
  "FE80:0::1",
  "fd00:ec2::254",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "::ffff:0:127.0.0.1",
  "64:ff9b::169.254.169.254",
  "64:ff9b:1::7f00:1",
  "2002:7f00:1::",
  "0x7f000001",
  "0x7f.0x0.0x0.0x1",
  "0xA9FEA9FE",
  "localhost",
  "a.localhost",
  "metadata.google.internal",
  "203.0.113.10",
  "::ffff:203.0.113.10",
  "Door.West.Example",
  "reviews.books.svc.cluster.local",
  "reviews.books.svc",
  "reviews.books",
  "reviews-0.reviews.books",
  "reviews",
  "kubernetes.default",
  "10-0-0-7.books.pod",
  "127-0-0-1.shop.pod",
  "127-0-0-1.shop.pod.cluster.local",
].map((address) => ({
  kind: "endpoints inside",
  what: `an endpoint ${address}`,
  adds: external({ endpoints: [{ address }] }),
  finds: [at("MW0633", "ExternalService", "endpoints[0].address")],
}));

const MORE_ENDPOINTS: readonly Attempt[] = [
  {
    kind: "endpoints inside",
    what: "a host without endpoints that resolves to a metadata server",
    adds: external({ hosts: ["metadata.google.internal"] }),
    finds: [at("MW0633", "ExternalService", "hosts[0]")],
  },
  {
    kind: "endpoints inside",
    what: "a host without endpoints that is an east-west gateway",
    adds: external({ hosts: ["door.west.example"] }),
    finds: [at("MW0633", "ExternalService", "hosts[0]")],
  },
];

/** The lab with consent to every host, which is none to an address. */
const EVERY_HOST = { workspaces: { "team-shop": { ...LAB.workspaces?.["team-shop"], mayClaim: { hosts: ["*"] } } } };
const asking = (sni: string) =>
  external({
    ports: [{ number: 443, protocol: "HTTP", clientsideTls: { sni } }],
    endpoints: [{ address: "a.example" }],
  });
const labeled = (labels: object, more: object = {}) =>
  external({ endpoints: [{ address: "192.0.2.9", labels }], ...more });
const NOT_AS_IT_SEEMS: readonly Attempt[] = [
  ...["127.0.0.1", "0x7f000001", "169.254.169.254", "203.0.113.10"].map((address) => ({
    kind: "endpoints inside",
    what: `an endpoint ${address}, with consent to every host`,
    adds: together(EVERY_HOST, external({ endpoints: [{ address }] })),
    finds: [at("MW0633", "ExternalService", "endpoints[0].address")],
  })),
  ...["reviews.books.svc.cluster.local", "Reviews.Books", "kubernetes.default.svc"].map((sni) => ({
    kind: "server names inside",
    what: `the server name ${sni}`,
    adds: asking(sni),
    finds: [at("MW0633", "ExternalService", "ports[0].clientsideTls.sni")],
  })),
  {
    kind: "server names inside",
    what: "the server name of another team's virtual destination",
    adds: asking("Ledger.books.corp"),
    finds: [at("MW0632", "ExternalService", "ports[0].clientsideTls.sni")],
  },
  ...[
    { "topology.istio.io/network": "west" },
    { "topology.istio.io/network": "" },
    { "security.istio.io/tlsMode": "disabled" },
  ].map((labels) => ({
    kind: "labels of endpoints",
    what: `an endpoint with ${JSON.stringify(labels)}`,
    adds: labeled(labels),
    finds: [at("MW0646", "ExternalService", `endpoints[0].labels[${JSON.stringify(Object.keys(labels)[0])}]`)],
  })),
  {
    kind: "labels of endpoints",
    what: "an endpoint of nobody behind a network's gateway",
    adds: labeled({ "topology.istio.io/network": "west" }, { ...HIDDEN, namespace: "misc" }),
    finds: [at("MW0646", "ExternalService", 'endpoints[0].labels["topology.istio.io/network"]')],
  },
];

const OUTSIDE = { endpoints: [{ address: "192.0.2.9" }] };
const NOBODYS = { ...NOBODY, ...OUTSIDE, namespace: "misc" };
const ADDRESSES: readonly Attempt[] = [
  ...["10.0.0.0/8", "10.96.0.1", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "0.0.0.0/0", "::/0"],
  ...["8.0.0.0/6", "127.0.0.0/8", "169.254.169.254", "::ffff:10.0.0.0/104", "::ffff:0:0/96", "2002:a00::/24"],
].map((address) => ({
  kind: "addresses inside",
  what: `nobody takes ${address} from everybody`,
  adds: external({ ...NOBODYS, addresses: [address] }),
  finds: [
    at("MW0638", "ExternalService", ""),
    at("MW0634", "ExternalService", "addresses[0]"),
    ...(holdsPayments(address) ? [at("MW0635", "ExternalService", "addresses[0]")] : []),
  ],
}));

/** Whether a range holds those of the external service of the lab, too. */
function holdsPayments(address: string): boolean {
  return ["0.0.0.0/0", "::/0", "::ffff:0:0/96"].includes(address);
}

const MORE_ADDRESSES: readonly Attempt[] = [
  {
    kind: "addresses inside",
    what: "a team takes private addresses from callers of another team, by name",
    adds: external({ ...OUTSIDE, exportTo: ["shop", "books"], addresses: ["10.0.0.0/8"] }),
    finds: [at("MW0634", "ExternalService", "addresses[0]"), at("MW0641", "ExternalService", "exportTo[1]")],
  },
  {
    kind: "addresses inside",
    what: "a team takes private addresses from everybody",
    adds: external({ ...OUTSIDE, exportTo: ["*"], addresses: ["10.1.2.3"] }),
    finds: [at("MW0634", "ExternalService", "addresses[0]"), at("MW0638", "ExternalService", "exportTo")],
  },
  {
    kind: "addresses of a team",
    what: "nobody takes an address of another team's external service from everybody",
    adds: external({ ...NOBODYS, addresses: ["198.51.100.20"] }),
    finds: [at("MW0638", "ExternalService", ""), at("MW0635", "ExternalService", "addresses[0]")],
  },
  {
    kind: "addresses of a team",
    what: "a team takes a range around it, in the mapped form, from that team's callers",
    adds: external({ ...OUTSIDE, exportTo: ["books"], addresses: ["::ffff:198.51.100.0/120"] }),
    finds: [at("MW0635", "ExternalService", "addresses[0]"), at("MW0641", "ExternalService", "exportTo[0]")],
  },
];

/** Addresses that others have, or that no service has. */
export const CLAIMED_ADDRESSES: readonly Attempt[] = [
  ...ENDPOINTS,
  ...MORE_ENDPOINTS,
  ...NOT_AS_IT_SEEMS,
  ...ADDRESSES,
  ...MORE_ADDRESSES,
];
