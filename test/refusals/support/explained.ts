/** Values that only Meshway rejects, with the reasons; docs/refused-texts.md lists the same for users. */
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";

/** The reason for rejecting values at some places although Envoy and istiod accept them. */
export interface Explanation {
  readonly code: Code;
  readonly places: RegExp;
  readonly reason: string;
}

const VALUES = /^(HeaderManipulationPolicy|ExtAuthPolicy\.headersToAdd)/;

export const EXPLAINED: readonly Explanation[] = [
  {
    code: "MW0104",
    places: /(secretName|credentialName|subjectAltNames|[cC]ertificates?|privateKey)$/,
    reason: "Whitespace is never the name of a Secret, file or certificate.",
  },
  {
    code: "MW0110",
    places: /subjectAltNames$/,
    reason: "Names in certificates have no whitespace, control characters or non-ASCII letters (RFC 5280).",
  },
  {
    code: "MW0104",
    places: /^CompressionPolicy\.minContentLength$/,
    reason: "Envoy raises lengths below its minimum, 30 bytes, to 30.",
  },
  {
    code: "MW0110",
    places: /^CompressionPolicy\.contentTypes$/,
    reason: "No response has an invalid media type (RFC 9110), so nothing would be compressed.",
  },
  {
    code: "MW0101",
    places: /name$/,
    reason: "JavaScript keeps no field named `__proto__`, so it would be lost silently.",
  },
  {
    code: "MW0104",
    places: /(allowed\w*Headers|remove\w*Headers|claimsToHeaders\.header|outputPayloadToHeader|headers\.name)$/,
    reason: "No request header has a name longer than 16,384 bytes.",
  },
  {
    code: "MW0104",
    places: /headersToAdd|(append|set)(Request|Response)Headers$|^TransformationPolicy.*headers$/,
    reason:
      "An empty value has no effect: Envoy leaves the header unchanged. The size limit of a template applies " +
      "to its longer form in Envoy's format.",
  },
  {
    code: "MW0104",
    places: /^(JWTPolicy|RateLimitPolicy|ClientTLSPolicy|claims)\./,
    reason: "An empty name or value means nothing or everything there, and nobody writes it on purpose.",
  },
  {
    code: "MW0104",
    places: /regex$/,
    reason:
      "Expressions have 1 to 1,024 bytes everywhere, as istiod requires in routes, so the limit doesn't depend " +
      "on the field.",
  },
  {
    code: "MW0110",
    places:
      /^(uri\.|delegate\.uri\.|ExtAuthPolicy\.pathPrefix|AccessPolicy\.allowedPaths|forwardTo\.|LoadBalancerPolicy\.httpCookie\.path)/,
    reason:
      "A path has no whitespace, control characters, `?` or `#`: matchers would never match, and rewritten or " +
      "sent paths would end there.",
  },
  {
    code: "MW0110",
    places: /^redirect\.pathRedirect$/,
    reason: "A URL has no whitespace or control characters, and browsers disagree on how to read them.",
  },
  {
    code: "MW0110",
    places: /(method|allowedMethods)$/,
    reason: "Requests only have valid HTTP methods.",
  },
  {
    code: "MW0110",
    places: /^(CSRFPolicy\.|JWTPolicy\.requiredScopes|LoadBalancerPolicy\.httpCookie\.name)/,
    reason: "Origins, scopes and cookie names have no whitespace or separators, so such a value would match nothing.",
  },
  {
    code: "MW0104",
    places: /statusCodeMatcher|[pP]ort$|[pP]ercentage$|^(ListenerConnection|Connection|OutlierDetection)Policy/,
    reason: "A number out of range is a mistake: no response has such a status, no server such a port.",
  },
  {
    code: "MW0110",
    places:
      /[lL]abels?( name)?$|^Fleet\.network$|[sS]ervice\.|serviceAccount|exportTo$|\.namespaces?$|ports(\.| )name$|\.subset$/,
    reason: "No Kubernetes object, label or namespace has such a name, so nothing would ever match.",
  },
  {
    code: "MW0110",
    places: /[cC]redentialName$|secretName$/,
    reason: "No Secret has such a name; with a scheme or a slash, Istio would look outside the proxy's namespace.",
  },
  {
    code: "MW0110",
    places: /locality\.|[rR]egion$|[zZ]one$/,
    reason:
      "Istio reads a slash as the end of a region or zone and an asterisk as all of them, and whitespace is invisible.",
  },
  {
    code: "MW0110",
    places:
      /[tT]imeout( over HTTP)?$|[iI]nterval$|[dD]uration(Secs)?$|\.time$|maxAge$|ttl$|fixedDelay$|[eE]jectionTime$/,
    reason: "A duration that would be truncated, rounded or overflow would not be the one in the program.",
  },
  {
    code: "MW0110",
    places: /^AccessLogPolicy\.includedFilterStateObjects$/,
    reason: "In an operator, such a key would end early or become another key.",
  },
  {
    code: "MW0110",
    places: /^TransformationPolicy\.extractors name$/,
    reason: "Templates could not refer to such an extractor.",
  },
  {
    code: "MW0110",
    places: /^(route|tls|tcp)(\.| )name$/,
    reason: "Route names become parts of object names and names in Envoy, which slashes and whitespace would split.",
  },
  {
    code: "MW0110",
    places: /[aA]ddress(es)?$|address beside another$|IpBlocks$|authority$|ActiveHealthCheckPolicy\.(host|path)$/,
    reason: "Some parsers read such an address as another one, or as a name.",
  },
  {
    code: "MW0204",
    places: /regex|pattern|inverted/,
    reason:
      "`\\C` matches half a character, which istiod rejects in routes, and an unclosed `\\Q` would quote the " +
      "text that follows the expression.",
  },
  {
    code: "MW0210",
    places: /name$|header|Header|Trailers$|^queryParameters\.value$|prefix$/,
    reason:
      "HTTP allows no such header name and no control characters in values: Envoy would never match the header, " +
      "or would write a malformed message.",
  },
  {
    code: "MW0214",
    places: /^forwardTo\.regexRewrite\.substitution$/,
    reason: "A backslash that refers to no group of the pattern is a mistake, whatever Envoy does with it.",
  },
  {
    code: "MW0262",
    places: VALUES,
    reason:
      "Arguments are stricter than in Envoy: no length, no whitespace or brackets, and only arguments that the " +
      "operator uses.",
  },
  {
    code: "MW0263",
    places: VALUES,
    reason: "The operator reads data of the proxy itself, and teams share proxies.",
  },
  {
    code: "MW0264",
    places: /^(HeaderManipulationPolicy|ExtAuthPolicy|JWTPolicy|TransformationPolicy)\./,
    reason: "The header belongs to the connection, to the caller's identity or to Envoy itself.",
  },
  {
    code: "MW0303",
    places:
      /^(forwardTo\.hostRewrite|redirect\.hostRedirect)$|[sS]ni$|trustDomain$|clusterDomain$|[hH]osts?( with endpoints)?$/,
    reason: "An invalid host can't be reached, but Envoy would send it anyway.",
  },
  {
    code: "MW0420",
    places: /^(HeaderManipulationPolicy|ExtAuthPolicy)\./,
    reason: "Host selects routes; use `hostRewrite` to change it.",
  },
  { code: "MW0463", places: /^JWTPolicy\./, reason: "Host selects routes and must not carry claims." },
  {
    code: "MW0466",
    places: /^TransformationPolicy\./,
    reason: "Envoy would write unknown parts of a template literally.",
  },
  {
    code: "MW0468",
    places: /^TransformationPolicy\./,
    reason: "Host selects routes, and a template can't change it.",
  },
  {
    code: "MW0261",
    places: /regex|pattern|inverted/,
    reason: "Sizes are upper bounds, and leave room for the prefix that delegation may prepend.",
  },
  {
    code: "MW0270",
    places: /(^|\.)headers\./,
    reason:
      "A policy of another table on the same proxies writes the header after route selection, so callers could " +
      "forge it.",
  },
  {
    code: "MW0215",
    places: /^directResponse\.status$/,
    reason:
      "Responses with status 204 or 304 have no body: clients would read it as the beginning of their next response.",
  },
];

/** Returns the explanation of a rejection that only Meshway makes, or undefined. */
export function explanationOf(code: Code, place: string): Explanation | undefined {
  return EXPLAINED.find((each) => each.code === code && each.places.test(place));
}
