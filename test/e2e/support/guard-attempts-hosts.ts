/** ServiceEntries, WorkloadEntries and DestinationRules that people try to write. */
import { type Pair, pair, updates } from "./guard-attempt.js";
import { destinationRule, requestAuthentication, serviceEntry, workloadEntry } from "./guard-objects.js";
import { alice, bob } from "./guard-users.js";

const entry = (host: string, more: object = {}) => serviceEntry("shop", { hosts: [host], ...more });
const TO_BOOKS = { exportTo: ["books"] };

export const entries: readonly Pair[] = [
  pair(
    "a Service of another team",
    alice,
    { refused: entry("reviews.books.svc.cluster.local"), allowed: entry("api.payments.example") },
    /host reviews\.books\.svc\.cluster\.local is the name of a Kubernetes Service, .* choose another host/,
  ),
  pair(
    "a Service of its own",
    alice,
    { refused: entry("frontend.shop.svc.cluster.local"), allowed: entry("frontend.shop.global") },
    /is the name of a Kubernetes Service/,
  ),
  pair(
    "a short name",
    alice,
    { refused: entry("reviews"), allowed: entry("reviews.shop.global") },
    /host reviews is the name/,
  ),
  pair(
    "a name of two labels",
    alice,
    { refused: entry("frontend.shop"), allowed: entry("x.shop.global") },
    /host frontend\.shop is/,
  ),
  pair(
    "names of all Services",
    alice,
    { refused: entry("*.local", { resolution: "NONE" }), allowed: entry("*.shop.global", { resolution: "NONE" }) },
    /host \*\.local is/,
  ),
  pair(
    "names of another cluster's Services",
    alice,
    {
      refused: entry("*.example.net", { resolution: "NONE" }),
      allowed: entry("*.list.shop.global", { resolution: "NONE" }),
    },
    /host \*\.example\.net is the name of a Kubernetes Service, or covers such names/,
  ),
  pair(
    "a destination of another team",
    alice,
    { refused: entry("catalog.books.global"), allowed: entry("catalog.shop.global") },
    /declares host catalog\.books\.global, expected hosts of workspace shop/,
  ),
  pair(
    "a wildcard over it",
    alice,
    {
      refused: entry("*.books.global", { resolution: "NONE" }),
      allowed: entry("*.cart.shop.global", { resolution: "NONE" }),
    },
    /declares host \*\.books\.global/,
  ),
  pair(
    "a host of others, for others",
    alice,
    { refused: entry("reviews.books.global", TO_BOOKS), allowed: entry("reviews.books.global") },
    /declares host reviews\.books\.global/,
  ),
  pair(
    "everybody, by leaving `exportTo` out",
    alice,
    { refused: entry("cart.shop.global", { exportTo: [] }), allowed: entry("cart.shop.global", TO_BOOKS) },
    /exported to \*/,
  ),
  pair(
    "everybody, where only another team may",
    alice,
    {
      refused: entry("cart.shop.global", { exportTo: ["*"] }),
      allowed: entry("cart.shop.global", { exportTo: ["shop"] }),
    },
    /exported to \*.* expected "\." or a namespace of workspace shop or books/,
  ),
  pair(
    "another team's host, by a team that exports to everybody",
    bob,
    {
      refused: serviceEntry("books", { hosts: ["cart.shop.global"], exportTo: ["*"] }),
      allowed: serviceEntry("books", { hosts: ["catalog.books.global"], exportTo: ["*"] }),
    },
    /declares host cart\.shop\.global/,
  ),
  {
    about: "a change to another team's host",
    refused: updates(alice, entry("a.shop.global"), {
      spec: {
        hosts: ["catalog.books.global"],
        exportTo: ["."],
        ports: [{ number: 80, name: "http" }],
        resolution: "DNS",
      },
    }),
    says: /declares host catalog\.books\.global/,
    allowed: updates(alice, entry("b.shop.global"), {
      spec: { hosts: ["c.shop.global"], exportTo: ["."], ports: [{ number: 80, name: "http" }], resolution: "DNS" },
    }),
  },
];

const at = (address: string) => entry("api.payments.example", { endpoints: [{ address: "203.0.113.9" }, { address }] });
const endpointPair = (about: string, refused: string, allowed: string): Pair =>
  pair(
    about,
    alice,
    { refused: at(refused), allowed: at(allowed) },
    /^.*endpoint .* or is no plain address, expected an IP address or a DNS name outside of the cluster, or a host of/s,
  );

export const addresses: readonly Pair[] = [
  endpointPair("the proxy itself", "127.0.0.1", "203.0.113.7"),
  endpointPair("the proxy itself, in IPv6", "::1", "2001:db8::7"),
  endpointPair("no address", "0.0.0.0", "198.51.100.1"),
  endpointPair("the machine", "169.254.10.1", "198.51.100.2"),
  endpointPair("the cloud's server of credentials", "169.254.169.254", "198.51.100.3"),
  endpointPair("the same in IPv6", "fe80::1", "2001:db8::8"),
  endpointPair("the proxy itself, in a form of IPv6", "::127.0.0.1", "::203.0.113.7"),
  endpointPair("the same, mapped", "::ffff:127.0.0.1", "2001:db8::9"),
  endpointPair("the same, translated", "::ffff:0:127.0.0.1", "::ffff:0:203.0.113.7"),
  endpointPair("the same by NAT64", "64:ff9b::7f00:1", "64:ff9b::cb00:7107"),
  endpointPair("the same by NAT64 of a network's own", "64:ff9b:1::127.0.0.1", "64:ff9b:1::203.0.113.7"),
  endpointPair("the same by 6to4", "2002:7f00:1::1", "2002:cb00:7107::1"),
  endpointPair("the cloud's server by NAT64", "64:ff9b::169.254.169.254", "64:ff9b::198.51.100.3"),
  endpointPair("the cloud's server in IPv6", "fd00:ec2::254", "2001:db8::254"),
  endpointPair("an address with a zone", "fe80::1%eth0", "2001:db8::10"),
  endpointPair("an address of a site", "fec0::1", "2001:db8::11"),
  endpointPair("an octal address", "0177.0.0.1", "198.51.100.6"),
  endpointPair("a hexadecimal address", "0x7f.1", "198.51.100.7"),
  endpointPair("an address as one number", "2130706433", "198.51.100.8"),
  endpointPair("an address with leading zeros", "127.000.000.001", "198.51.100.9"),
  endpointPair("an address with a dot behind it", "127.0.0.1.", "198.51.100.10"),
  endpointPair("a name of the machine in IPv6", "ip6-localhost.example.org", "ipv6-host.example.org"),
  endpointPair("the name of a pod, which says its address", "127-0-0-1.shop.pod.cluster.local", "pod.example.org"),
  endpointPair("a part of it, which resolvers complete", "127-0-0-1.shop.pod.cluster", "cluster.example.org"),
  endpointPair("the least of it that resolvers complete", "127-0-0-1.shop.pod", "shop.pod.example.org"),
  endpointPair("another cloud's server", "metadata.goog", "store.goog.example.org"),
  endpointPair("a name of the proxy", "localhost", "backend.example.org"),
  endpointPair("the same with a domain", "a.localhost", "a.backend.example.org"),
  endpointPair("a name of the cloud's server", "metadata.google.internal", "store.region.example.org"),
  endpointPair("an address in another form", "203.0.7", "203.0.113.8"),
  endpointPair("a file", "unix:///example/socket", "198.51.100.5"),
  endpointPair("another team's Service", "reviews.books.svc.cluster.local", "frontend.shop.svc.cluster.local"),
  endpointPair("its short name", "reviews.books", "frontend.shop"),
  pair(
    "a workload at the proxy itself",
    alice,
    {
      refused: workloadEntry("shop", { address: "127.0.0.1" }),
      allowed: workloadEntry("shop", { address: "203.0.113.7" }),
    },
    /endpoint 127\.0\.0\.1/,
  ),
  pair(
    "keys of tokens at istiod's own machine",
    alice,
    {
      refused: requestAuthentication("shop", {
        jwtRules: [{ issuer: "shop", jwksUri: "http://169.254.169.254/keys" }],
      }),
      allowed: requestAuthentication("shop", { jwtRules: [{ issuer: "shop", jwksUri: "https://example.org/keys" }] }),
    },
    /keys are asked for at http:\/\/169\.254\.169\.254\/keys/,
  ),
  pair(
    "the same by discovery",
    alice,
    {
      refused: requestAuthentication("shop", { jwtRules: [{ issuer: "http://localhost" }] }),
      allowed: requestAuthentication("shop", { jwtRules: [{ issuer: "https://tokens.example.org" }] }),
    },
    /keys are asked for at http:\/\/localhost/,
  ),
  pair(
    "the same in IPv6",
    alice,
    {
      refused: requestAuthentication("shop", { jwtRules: [{ issuer: "shop", jwksUri: "http://[::1]:8080/keys" }] }),
      allowed: requestAuthentication("shop", { jwtRules: [{ issuer: "shop", jwksUri: "https://[2001:db8::1]/keys" }] }),
    },
    /keys are asked for at http:\/\/\[::1\]/,
  ),
  pair(
    "the same in a form of IPv6",
    alice,
    {
      refused: requestAuthentication("shop", {
        jwtRules: [{ issuer: "shop", jwksUri: "http://[64:ff9b::a9fe:a9fe]/" }],
      }),
      allowed: requestAuthentication("shop", {
        jwtRules: [{ issuer: "shop", jwksUri: "http://[64:ff9b::cb00:7107]/" }],
      }),
    },
    /keys are asked for at http:\/\/\[64:ff9b::a9fe:a9fe\]/,
  ),
  pair(
    "a workload at the proxy itself, by 6to4",
    alice,
    {
      refused: workloadEntry("shop", { address: "2002:7f00:1::" }),
      allowed: workloadEntry("shop", { address: "2002:cb00:7107::" }),
    },
    /endpoint 2002:7f00:1::/,
  ),
  pair(
    "addresses of pods by NAT64, for others",
    alice,
    {
      refused: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["64:ff9b::a00:0/104"], resolution: "NONE" }),
      allowed: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["64:ff9b::cb00:7100/120"], resolution: "NONE" }),
    },
    /address 64:ff9b::a00:0\/104 is/,
  ),
  pair(
    "addresses of pods, for others",
    alice,
    {
      refused: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["10.0.0.0/8"], resolution: "NONE" }),
      allowed: entry("cart.shop.global", { addresses: ["10.0.0.0/8"], resolution: "NONE" }),
    },
    /address 10\.0\.0\.0\/8 is, or covers, one of pods, Services or machines/,
  ),
  pair(
    "the address of a Service, for others",
    alice,
    {
      refused: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["203.0.113.1", "10.96.0.7"] }),
      allowed: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["203.0.113.1", "203.0.113.2"] }),
    },
    /address 10\.96\.0\.7 is/,
  ),
  pair(
    "every address, for others",
    alice,
    {
      refused: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["0.0.0.0/0"], resolution: "NONE" }),
      allowed: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["203.0.113.0/24"], resolution: "NONE" }),
    },
    /address 0\.0\.0\.0\/0 is/,
  ),
  pair(
    "the same in IPv6",
    alice,
    {
      refused: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["fd12::/16"], resolution: "NONE" }),
      allowed: entry("cart.shop.global", { ...TO_BOOKS, addresses: ["2001:db8::/32"], resolution: "NONE" }),
    },
    /address fd12::\/16 is/,
  ),
];

const rule = (host: string, more: object = {}) => destinationRule("shop", { host, ...more });

export const rules: readonly Pair[] = [
  pair(
    "calls of another team's Service",
    alice,
    { refused: rule("reviews.books.svc.cluster.local"), allowed: rule("frontend.shop.svc.cluster.local") },
    /tunes calls of host reviews\.books\.svc\.cluster\.local/,
  ),
  pair(
    "calls of all Services",
    alice,
    { refused: rule("*.local"), allowed: rule("*.shop.svc.cluster.local") },
    /host \*\.local/,
  ),
  pair("calls of everything", alice, { refused: rule("*"), allowed: rule("frontend") }, /host \*,/),
  pair(
    "calls of a host of others, for others",
    alice,
    { refused: rule("reviews.books.global", { exportTo: [] }), allowed: rule("reviews.books.global") },
    /host reviews\.books\.global/,
  ),
  pair(
    "own calls, for everybody",
    alice,
    { refused: rule("cart.shop.global", { exportTo: [] }), allowed: rule("cart.shop.global", TO_BOOKS) },
    /exported to \*/,
  ),
];
