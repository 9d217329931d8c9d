/** Edge texts of each grammar: valid, nearly valid, at length limits, with escapes, empty, and non-ASCII. */
import fc from "fast-check";
import { OPERATORS, READS_PROXY } from "../../../sdk/nodejs/src/model/envoy-operators.js";
import { EDGES, PLAIN_EDGES } from "./edges.js";
import { keySet } from "./key-sets.js";
import { BLANKS, CONTROLS, made, sometimesLong, UNICODE } from "./pieces.js";

const split = (text: string): readonly string[] => text.split(" ");

const ARGUMENTS = [
  ...[
    "a",
    "x-a",
    ":path",
    "a?b",
    "a?b?c",
    "?",
    "",
    "a:b",
    "a:b:c",
    "ORIG",
    "NQ",
    "NQ:ORIG",
    "DECODED",
    "24",
    "%Y-%m-%d",
  ],
  ...[
    "%n",
    "%En",
    "ALLOW_WHITESPACES",
    "DS_RX_BEG:DS_TX_END:ms",
    "A:B:s",
    "ROUTE:a:b",
    "LISTENER:a",
    "a b",
    "é",
    "a)b",
  ],
  ...['"a"', '["a"]', "a\\", "a/b", "a,b", "(", "a%b"],
];

const operator = fc
  .tuple(
    fc.constantFrom(...OPERATORS.keys(), ...READS_PROXY.keys(), "NOPE", "REQUEST_TRAILER", "req", "_", "0", ""),
    fc.option(fc.constantFrom(...ARGUMENTS)),
    fc.constantFrom("", "", "", "", ":5", ":", ":x"),
  )
  .map(([name, argument, length]) => `%${name}${argument === null ? "" : `(${argument})`}${length}%`);

/** Valid operators, with one of any kind between them. */
const headerValue = sometimesLong(
  fc.oneof(
    operator,
    fc
      .array(fc.oneof(operator, fc.constantFrom("%%", "a", " ", "%")), { minLength: 1, maxLength: 3 })
      .map((all) => all.join("")),
    made(
      [..."ab-%\"'\\()[]{}:;,=", "%%", "%REQ(x-a)%", "%PROTOCOL%", ...UNICODE, ...CONTROLS],
      [...BLANKS, "a", "%%", "%", "100%", "%REQ(x-a)%%PATH%", "%%REQ(x-a)%%"],
    ),
  ),
  [
    "a".repeat(16_384),
    "a".repeat(16_385),
    "é".repeat(8192),
    "é".repeat(8193),
    "%%".repeat(8192),
    "%PATH%".repeat(2730),
  ],
);

const headerName = sometimesLong(
  made(
    [..."aB0-_.!#$%&'*+^`|~", " ", ":", "/", "(", '"', ...UNICODE, ...CONTROLS],
    [
      ...["x-a", "X-A", "host", "Host", ":path", ":authority", "", "*", "connection", "te", "Transfer-Encoding"],
      ...["content-length", "upgrade", "keep-alive", "x-forwarded-client-cert", "x-envoy-retry-on", "x-forwarded-for"],
    ],
  ),
  ["a".repeat(16_384), "a".repeat(16_385)],
);

const path = sometimesLong(
  made(
    ["/", "a", "b", "..", ".", "%", "%2F", "%zz", "?", "#", " ", "\\", "*", ";", ...UNICODE, ...CONTROLS],
    ["/", "", "a", "/a", "//", "/a/", "/a b", "/a?b", "/a#b", "/*", "/%00", "/{a}"],
  ).map((text) => (text.length % 3 === 0 ? text : `/${text}`)),
  [`/${"a".repeat(20_000)}`, "/a".repeat(40_000)],
);

const EXPRESSION_PIECES = [
  ..."abk.^$|()[]{}*+?\\-",
  ...split(
    "\\d \\W \\pL \\pN \\PL \\p{Greek} \\p{Any} \\p{Nope} \\b \\A \\z \\Z \\C \\Q \\E " +
      "\\x{FF} \\x{100} \\xff \\x{e9} \\377 \\400 \\1 \\07",
  ),
  ...split(
    "[a-z] [^a-z] [[:alpha:]] [\\x{e0}-\\x{ff}] [z-a] [é-ü] [é] [] [^] " +
      "(?i) (?s:.) (?i:k) (?P<n>a) (?<n>b) (?P<é>a) (?=a) (?!a)",
  ),
  ...split(
    "{2} {1000} {1001} {0} {2,} {2,3} {3,2} {,2} a{1000} \\pL{1000} (?:ab|c){500} (?:.|[acegik]){900} .* .+? (?U)",
  ),
  ...UNICODE,
];

const expression = sometimesLong(
  made(EXPRESSION_PIECES, [
    ...["/a.*", "", "a(", "a{1000}b{1000}", "\\pL{1000}", "(a{30}){40}", "(a{1000}){2}", "(?i)straße", "a**", "x{0}"],
    ...[
      "\\pL{1000}\\pL{1000}\\pL{1000}\\pL{1000}",
      "\\pL{1000}\\pL{1000}\\pL{1000}\\pL{1000}\\pL{1000}",
      "[^\\x00-\\x{10FFFF}]",
    ],
    ...[
      "(?:\\pL|\\pN){900}\\pL{1000}\\pL{1000}",
      ".{1000}.{1000}.{1000}.{1000}.{1000}.{1000}.{1000}",
      "(\\w+\\.){200}",
    ],
  ]),
  [
    "x".repeat(1024),
    "x".repeat(1025),
    "ä".repeat(512),
    "ä".repeat(513),
    "[a-z]{1000}".repeat(90),
    `${"(".repeat(500)}${")".repeat(500)}`,
  ],
);

const substitution = made(
  [..."a/-\\0129%?# ", "\\\\", "\\1", ...UNICODE, ...CONTROLS],
  ["", "/a", "\\1", "\\0", "\\2", "\\", "\\\\", "\\a", "$1", "/\\1/\\\\"],
);

/** Texts without restrictions. */
const free = sometimesLong(
  made(
    [..."aB0-_./:%{}\"'\\ ", "%NOPE%", "{{ a }}", ...UNICODE, ...CONTROLS],
    [...BLANKS, "a", "%ENVIRONMENT(HOME)%", "a b", "a/b", "__proto__"],
  ),
  ["a".repeat(40_000), "é".repeat(2000), "n".repeat(1024), "n".repeat(1025), "é".repeat(512), "é".repeat(513)],
);

/** The leading labels of a host. */
const label = made(
  [..."aB0-_.*", " ", "xn--", "/", ":", ...UNICODE, ...CONTROLS],
  [
    "a",
    "A",
    "a-b",
    "*",
    "*.a",
    "a.*",
    "-a",
    "a-",
    "",
    "a_b",
    "a..b",
    "1",
    "l".repeat(63),
    "l".repeat(64),
    `${"l".repeat(60)}.`.repeat(3).slice(0, -1),
  ],
);

const method = made(
  [..."GETget0-!% ", ...UNICODE, ...CONTROLS],
  ["GET", "get", "M-SEARCH", "", "POST", "CONNECT", "*"],
);

const duration = made(
  [..."01.smhun- ", "ms", "1s", "0.5s", "µs"],
  [
    "1ms",
    "0s",
    "1s500ms",
    "0.5ms",
    "1h",
    "2540400h",
    "2562047h",
    "2562048h",
    "1d",
    "",
    "1",
    "-1s",
    "1.5s",
    "999ms",
    "4294967295s",
    "4294967296s",
    "30s",
    "1m",
    "32767s",
    "32768s",
  ],
);

const retryOn = made(
  ["5xx", "gateway-error", ",", "503", "599", "reset", " ", "nope", "509"],
  ["5xx", "", ",", "5xx,", "5xx,gateway-error", "5XX", "503", "100", "999", "5xx, reset"],
);

const cookieName = made([...'aB0-_!#;=, "', ...UNICODE, ...CONTROLS], ["session", "", "__Host-a", "a b", "a=b"]);

const url = made(
  [..."a/:.?#@ %", "http://", "https://", "[::1]", ":443", ...UNICODE, ...CONTROLS],
  [
    "https://login.example.com/keys",
    "http://a",
    "https://a:99999/",
    "https://[::1]:80/a",
    "a",
    "",
    "https://a/é",
    "https://u@a/",
    "https:///a",
  ],
);

const template = sometimesLong(
  made(
    [
      ..."a%{}\"'\\ ",
      '{{ header("x-a") }}',
      "{{ body.a }}",
      "{{ e }}",
      "{% if a %}",
      "{{ nope }}",
      '{{ header(":path") }}',
      "%NOPE%",
      "%ENVIRONMENT(HOME)%",
      ...UNICODE,
      ...CONTROLS,
    ],
    ["", "a", "100%", '{{ header("x-a") }}', "{{ body.a.b }}", "{{ e }}", '{{ request_header("x-a") }}'],
  ),
  ["%".repeat(8192), "%".repeat(8193), "a".repeat(16_384), "a".repeat(16_385), '{{ header("x-a") }}'.repeat(800)],
);

const serverName = made(
  [..."aB0-_.*:", ...UNICODE, ...CONTROLS],
  ["a.example.com", "*.example.com", "a", "", "10.0.0.1", "a_b.example.com"],
);

/** Grammars of places, by name. */
export const GRAMMARS = {
  headerValue,
  headerName,
  path,
  expression,
  substitution,
  free,
  label,
  method,
  duration,
  retryOn,
  cookieName,
  url,
  template,
  serverName,
  keySet,
  ...EDGES,
} as const;

export type Grammar = keyof typeof GRAMMARS;

/** A valid text of each grammar that is unique and rendered unchanged; absent if there is none. */
export const PLAIN: Partial<Record<Grammar, string>> = {
  headerValue: "plain-token",
  headerName: "plain-token",
  path: "/plain-token",
  expression: "plain-token",
  substitution: "plain-token",
  free: "plain-token",
  label: "plain-token",
  method: "PLAIN-TOKEN",
  cookieName: "plain-token",
  template: "plain-token",
  duration: "4321s",
  serverName: "plain.token",
  ...PLAIN_EDGES,
};
