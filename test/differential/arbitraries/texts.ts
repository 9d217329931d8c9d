/** Texts in tables and requests: few, so that they collide, and of the kind that software trips over. */
import fc from "fast-check";

/** Path segments that a matcher may name. */
const SEGMENTS = [
  ...["a", "b", "ab", "aa", "A", "", "a.b", "a;p", "a;p=1", "%2F", "%2f", "a%2Fb", "%41", "%c3%a9", "~a", "a+b", "a=b"],
  ...[
    "a&b",
    "a,b",
    "a:b",
    "@",
    "a%20b",
    "...",
    "..a",
    "-",
    "_",
    "*",
    "(a)",
    "[a]",
    "$",
    "'",
    "!",
    "a|b",
    "^",
    "{a}",
    '"',
  ],
];

/** Path segments that occur only in requests. */
const NASTY = [
  ...[
    ".",
    "..",
    "%2e",
    "%2E%2e",
    ".%2e",
    ".;x",
    "..;",
    "..;/..",
    "a\\b",
    "\\",
    "%5C",
    "%",
    "%a",
    "%zz",
    "%0d",
    "%0a",
    "%7f",
    "%25",
  ],
  ...[
    "%252e",
    "%2E.",
    "...;",
    "<a>",
    "`",
    "a%3Bp",
    "%3F",
    "%23",
    ".%00",
    "%E0%80",
    "a..",
    "a.",
    ";",
    ";a",
    "%2e%2F",
    "%61",
    "%7e",
  ],
];

const segments = (from: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...from), { maxLength: most }).map((parts) => `/${parts.join("/")}`);

/** Paths of matchers: without `?`, `#` and spaces. */
export const matchedPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: segments(SEGMENTS.slice(0, 9), 3) },
  { weight: 2, arbitrary: segments(SEGMENTS, 3) },
  { weight: 1, arbitrary: segments([...SEGMENTS, ".", "..", "%2e", "a\\b", "é", "<"], 3) },
);

/** Paths of requests, independent of any table. */
export const nastyPath: fc.Arbitrary<string> = segments([...SEGMENTS, ...NASTY, ...NASTY], 5);

/** One path segment. */
export const nastySegment: fc.Arbitrary<string> = fc.constantFrom(
  ...SEGMENTS,
  ...NASTY.filter((each) => !each.includes("%00")),
);

/** Expressions for paths, each with paths, some of which match. */
export const PATH_EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  "/.*": ["/", "/a", "/a/b"],
  ".*": ["/", "/x"],
  "/a.*": ["/a", "/ab", "/a/b", "/b"],
  "/[^/]+": ["/a", "/a/", "/", "/a%2Fb"],
  "/(a|b)/.*": ["/a/", "/b/x", "/c/"],
  "/a/?": ["/a", "/a/", "/a//"],
  "/a|/b": ["/a", "/b", "/a|/b"],
  "/ab*": ["/a", "/ab", "/abb", "/ac"],
  "^/a$": ["/a", "/aa"],
  "(?i)/Ab": ["/ab", "/AB", "/aB"],
  "/\\d+": ["/1", "/12", "/a"],
  "/a{2,3}": ["/aa", "/aaa", "/a"],
  "/\\w+/b": ["/a/b", "/a-/b"],
  "/a\\.b": ["/a.b", "/aXb"],
  "/%2[Ff]": ["/%2F", "/%2f"],
  "(?:/a)*": ["/a/a", "/a"],
  "/[[:alpha:]]+": ["/ab", "/1"],
  "/.": ["/a", "/", "/ab"],
  "/(.*)/(.*)": ["/a/b", "/a/b/c", "//"],
  "/a\\b.*": ["/a", "/a/b", "/ab"],
  "(?s)/.+": ["/a", "/"],
  "/\\Qa.b\\E": ["/a.b", "/a+b"],
  "/[^a-c]*": ["/", "/xyz", "/a"],
  "(/a|/ab)(c|bcd)?": ["/abcd", "/ac", "/abc"],
  "/\\pL+": ["/a", "/%C3%A9"],
};

/** Expressions for values, each with values, some of which match. */
export const VALUE_EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  a: ["a", "aa", "A"],
  "a+": ["a", "aaa", ""],
  "[ab]+": ["ab", "c"],
  ".*": ["", "x", "a,b"],
  "a|b": ["a", "b", "a|b"],
  ".+": ["x", ""],
  "^a$": ["a"],
  "(?i)ABC": ["abc", "aBc"],
  "a,b": ["a,b", "a"],
  "\\d{1,3}": ["1", "123", "1234"],
  "(a?)*": ["", "aa"],
  "[^,]*": ["a", "a,b", ""],
  "Bearer .+": ["Bearer x", "bearer x"],
  ".": ["a", "é", ""],
  "a\\.b": ["a.b", "aab"],
  "\\S*": ["a", "a b"],
};

/** Values of headers and parameters. */
export const VALUES = [
  "a",
  "b",
  "",
  "a,b",
  "A",
  "a, b",
  "ab",
  "a b",
  "100%",
  "é",
  "*",
  "a;q=1",
  "a=b",
  '"a"',
  "%61",
  "a+b",
  "0",
];

/** Header names of applications, of HTTP, and of Envoy. */
export const HEADER_NAMES = [
  ...["x-a", "x-a", "x-a", "x-b", "x-b", "X-C", "x_d", "x.e", "x-a-"],
  ...[
    "user-agent",
    "cookie",
    "accept",
    "host",
    "content-type",
    "authorization",
    "accept-encoding",
    "referer",
    "origin",
    "via",
  ],
  ...[
    "te",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-envoy-max-retries",
    "x-request-id",
    "range",
    "if-match",
    "set-cookie",
  ],
  ...[
    "x-forwarded-for",
    "x-envoy-original-path",
    "cache-control",
    "forwarded",
    "date",
    "accept-language",
    "x-real-ip",
    "priority",
  ],
  ...[
    "x-forwarded-port",
    "x-envoy-internal",
    "x-b3-traceid",
    "traceparent",
    "x-amzn-trace-id",
    "early-data",
    "server",
    "alt-svc",
  ],
];

/** Names of parameters. */
export const PARAMETER_NAMES = ["a", "a", "a", "b", "b", "A", "a[0]", "%61", "a+", "a.b", "a;b"];

export const METHODS = ["GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "PROPFIND"];

/** Methods that are rarely sent. */
export const ODD_METHODS = [
  "get",
  "Get",
  "FOO",
  "TRACE",
  "PURGE",
  "M-SEARCH",
  "MSEARCH",
  "PRI",
  "GETT",
  "QUERY",
  "LINK",
  "SOURCE",
  "ACL",
  "x",
];
