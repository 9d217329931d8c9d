/** Names, addresses and numbers at the limits of Kubernetes and Istio objects. */
import fc from "fast-check";
import { CONTROLS, made, sometimesLong, UNICODE } from "./pieces.js";

/** Integers as texts, so that they can be used like all others. */
const integer = fc.oneof(
  fc.constantFrom(
    ...["-1", "0", "1", "2", "3", "99", "100", "101", "126", "127", "128", "199", "200", "201", "204", "206", "255"],
    ...["256", "304", "399", "400", "404", "418", "429", "451", "499", "509", "511", "512", "599", "600", "1000"],
    ...["1023", "1024", "16384", "32767", "32768", "65534", "65535", "65536", "1048576", "536870912", "536870913"],
    ...["2147483646", "2147483647", "2147483648", "4294967294", "4294967295", "4294967296", "9007199254740991"],
    ...["-2147483648", "-2147483649", "1.5", "0.5"],
  ),
  fc.integer({ min: 0, max: 700 }).map(String),
);

/** Lengths of lists; few are long, because long ones are slow. */
const count = fc.oneof(
  { arbitrary: fc.constantFrom("1", "2", "127", "128", "129"), weight: 4 },
  { arbitrary: fc.constantFrom("999", "1000", "1001"), weight: 1 },
);

const percent = fc.oneof(
  fc.constantFrom(
    ...["0", "1", "100", "101", "-1", "50", "0.0001", "0.00009", "0.00011", "0.00015", "0.001", "0.01", "0.1"],
    ...["12.34567", "33.3333333", "99.9999", "99.99999", "100.0001", "99.99995", "1e-7"],
  ),
  fc.integer({ min: 0, max: 100 }).map(String),
);

/** IP addresses and ranges in every notation, and names. */
const address = made(
  [..."019.:afx/-*", "::", "ffff", "255", "%eth0", ...UNICODE, ...CONTROLS],
  [
    ...["203.0.113.7", "203.0.113.0/24", "0.0.0.0", "0.0.0.0/0", "255.255.255.255", "256.0.0.1", "1.2.3", "1.2.3.4.5"],
    ...["01.2.3.4", "0x7f.0.0.1", "203.0.113.7/33", "203.0.113.7/32", "203.0.113.7/08", "203.0.113.7/", "/24", ""],
    ...["2001:db8::1", "2001:DB8::1", "2001:db8::", "::", "::/0", "::1", "::ffff:203.0.113.7", "::203.0.113.7"],
    ...["64:ff9b::203.0.113.7", "2001:db8::1/64", "2001:db8::1/129", "[2001:db8::1]", "fe80::1%eth0", "1::2::3", ":::"],
    ...[
      "2001:db8:0:0:0:0:0:1",
      "2001:0db8:0000:0000:0000:0000:0000:0001",
      "::ffff:0:203.0.113.7",
      "2001:db8::1:2:3:4:5:6",
    ],
    ...["::ffff:cb00:7107", "::ffff:203.0.113.0/120", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:203.0.113.7"],
    ...["backend.example.org", "backend.example.org.", "Backend.Example.ORG", "a", "a.1", "1", "*.example.org"],
    ...["/var/run/a.sock", "unix:///var/run/a.sock", "xn--bcher-kva.example", "a_b.example", "224.0.0.1", "127.0.0.1"],
    ...[`${"l".repeat(63)}.example`, `${"l".repeat(64)}.example`, `${"a.".repeat(127)}a`, `${"a.".repeat(126)}abc`],
  ],
);

/** Keys and values of labels, and names of objects. */
const labelPart = sometimesLong(
  made(
    [..."aB0-_./=*,", " ", ...UNICODE, ...CONTROLS],
    [
      "app",
      "",
      "a.b",
      "a_b",
      "A",
      "1",
      "-a",
      "a-",
      "true",
      "null",
      "1e3",
      "a/b",
      "example.com/app",
      "/a",
      "a/",
      "a/b/c",
    ],
  ),
  [
    ...["l".repeat(63), "l".repeat(64), `${"l".repeat(253)}/a`, `${"l".repeat(254)}/a`, `a/${"l".repeat(63)}`],
    ...[`a/${"l".repeat(64)}`, "l".repeat(253), "l".repeat(254), "l".repeat(255), "l".repeat(256)],
  ],
);

/** Names of regions and zones. */
const place = sometimesLong(
  made(
    [..."aB0-_./*%:,|", " ", ...UNICODE, ...CONTROLS],
    ["us-east-1", "", " ", "US East", "*", "a*", "a/b", "1", "é", "null", "region=a"],
  ),
  ["r".repeat(255), "r".repeat(256), "r".repeat(16_385)],
);

/** Names of secrets, file paths, and names in certificates. */
const resourceName = sometimesLong(
  made(
    [..."aB0-_./:*,%", " ", "//", "://", ...UNICODE, ...CONTROLS],
    [
      ...[
        "web",
        "",
        " ",
        "a/b",
        "/etc/certs/a.pem",
        "sds://a",
        "kubernetes://a",
        "kubernetes://a/b",
        "kubernetes-gateway://a/b",
      ],
      ...[
        "kubernetes://",
        "file-root:a",
        "configmap://a/b",
        "invalid://a",
        "a-cacert",
        "-cacert",
        "default",
        "ROOTCA",
        "spiffe://a/b",
      ],
      ...["builtin://", "file-cert:a~b", "a~b", "..", "1", "backend.example.org", "*.example.org"],
    ],
  ),
  ["n".repeat(253), "n".repeat(254), "n".repeat(255), "n".repeat(256), "n".repeat(16_385), "é".repeat(200)],
);

/** Names of cipher suites, known to Envoy or not. */
const cipherSuite = made(
  [..."AES128-", "ECDHE-RSA-", "GCM-SHA256", "[", "]", "|", ":", "!", "+", "@STRENGTH"],
  [
    ...["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"],
    ...["ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305"],
    ...["ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA"],
    ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA", "DES-CBC3-SHA", "ALL", "HIGH"],
    ...["TLS_AES_128_GCM_SHA256", "ECDHE-PSK-AES128-CBC-SHA", "PSK-AES128-CBC-SHA", "ECDHE-RSA-AES128-SHA256", "NULL"],
    ...["aes128-sha", "", "[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]"],
  ],
  2,
);

/** Keys of filter state objects. */
const stateKey = sometimesLong(
  made(
    [..."aB0-_./:%()", " ", "TYPED", ":PLAIN", ...UNICODE, ...CONTROLS],
    ["envoy.filters.http.grpc_stats", "", "a", "a:PLAIN", "a:FIELD:b", "%", "a)b", "__proto__", "wasm.a", "/"],
  ),
  ["k".repeat(255), "k".repeat(16_385)],
);

/** Further grammars of places, by name. */
export const EDGES = {
  integer,
  count,
  percent,
  address,
  labelPart,
  place,
  resourceName,
  cipherSuite,
  stateKey,
} as const;

/** A plain text for each grammar except cipher suites. */
export const PLAIN_EDGES = {
  integer: "432",
  percent: "43.21",
  address: "203.0.113.43",
  labelPart: "plain-token",
  place: "plain-token",
  resourceName: "plain-token",
  stateKey: "plain-token",
} as const;
