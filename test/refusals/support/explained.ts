/** What only we refuse, and why; docs/refused-texts.md tells it to users. */
import type { Code } from "../../../sdk/nodejs/src/diagnostics/catalog.js";

/** Explains why texts at some places are refused although Envoy and istiod accept them. */
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
    reason: "Blanks name no Secret, no file and no certificate.",
  },
  {
    code: "MW0110",
    places: /subjectAltNames$/,
    reason:
      "No certificate has a name with blanks, control characters or other letters than those of ASCII (RFC 5280).",
  },
  {
    code: "MW0104",
    places: /^CompressionPolicy\.minContentLength$/,
    reason: "Envoy takes a length below its least one, 30 bytes, for 30.",
  },
  {
    code: "MW0110",
    places: /^CompressionPolicy\.contentTypes$/,
    reason: "No answer has a media type that is none (RFC 9110), so that nothing would be compressed.",
  },
  {
    code: "MW0101",
    places: /name$/,
    reason: "`__proto__` is no name of a field that JavaScript keeps, so that it would be lost without a word.",
  },
  {
    code: "MW0104",
    places: /(allowed\w*Headers|remove\w*Headers|claimsToHeaders\.header|outputPayloadToHeader|headers\.name)$/,
    reason: "No header of a request has a name of more than 16,384 bytes.",
  },
  {
    code: "MW0104",
    places: /headersToAdd|(append|set)(Request|Response)Headers$|^TransformationPolicy.*headers$/,
    reason:
      "An empty value changes nothing: Envoy leaves the header as it is. Templates are measured with what their operators may take.",
  },
  {
    code: "MW0104",
    places: /^(JWTPolicy|RateLimitPolicy|ClientTLSPolicy)\./,
    reason: "An empty name or value means nothing there, or everything, and no one writes it on purpose.",
  },
  {
    code: "MW0104",
    places: /regex$/,
    reason:
      "Expressions have 1 to 1,024 bytes everywhere, as istiod wants it in routes, so that no rule depends on where one stands.",
  },
  {
    code: "MW0110",
    places:
      /^(uri\.|delegate\.uri\.|ExtAuthPolicy\.pathPrefix|AccessPolicy\.allowedPaths|forwardTo\.|LoadBalancerPolicy\.httpCookie\.path)/,
    reason:
      "A path with blanks, control characters, `?` or `#` is none: matchers would never match, and what is rewritten or sent would end there.",
  },
  {
    code: "MW0110",
    places: /^redirect\.pathRedirect$/,
    reason: "An address with blanks or control characters is none, and browsers read it each in their way.",
  },
  {
    code: "MW0110",
    places: /(method|allowedMethods)$/,
    reason: "What is no method of HTTP never comes.",
  },
  {
    code: "MW0110",
    places: /^(CSRFPolicy\.|JWTPolicy\.requiredScopes|LoadBalancerPolicy\.httpCookie\.name)/,
    reason:
      "What has blanks or separators in it is no origin, no scope and no name of a cookie, and would match nothing.",
  },
  {
    code: "MW0104",
    places: /statusCodeMatcher|[pP]ort$|[pP]ercentage$|^(ListenerConnection|Connection|OutlierDetection)Policy/,
    reason: "A number beyond what it counts is a mistake: no answer has such a status, no server such a port.",
  },
  {
    code: "MW0110",
    places:
      /[lL]abels?( name)?$|^Fleet\.network$|[sS]ervice\.|serviceAccount|exportTo$|\.namespaces?$|ports(\.| )name$|\.subset$/,
    reason: "No object, label or namespace of Kubernetes is called so, so that nothing would ever be found.",
  },
  {
    code: "MW0110",
    places: /[cC]redentialName$|secretName$/,
    reason: "No Secret is called so; with a scheme or a slash, Istio would look elsewhere than next to the proxy.",
  },
  {
    code: "MW0110",
    places: /locality\.|[rR]egion$|[zZ]one$/,
    reason:
      "Istio takes a slash for the end of a region or zone and an asterisk for all of them, and nobody sees blanks.",
  },
  {
    code: "MW0110",
    places:
      /[tT]imeout( over HTTP)?$|[iI]nterval$|[dD]uration(Secs)?$|\.time$|maxAge$|ttl$|fixedDelay$|[eE]jectionTime$/,
    reason: "Durations that are cut off or rounded, or longer than what counts them, are not those that are written.",
  },
  {
    code: "MW0110",
    places: /^AccessLogPolicy\.includedFilterStateObjects$/,
    reason: "In an operator such a key would end early, or be another one.",
  },
  {
    code: "MW0110",
    places: /^TransformationPolicy\.extractors name$/,
    reason: "Templates could not name such an extractor.",
  },
  {
    code: "MW0110",
    places: /^(route|tls|tcp)(\.| )name$/,
    reason: "Names of routes are parts of names in Envoy and of objects, which slashes and blanks would tear apart.",
  },
  {
    code: "MW0110",
    places: /[aA]ddress(es)?$|address beside another$|IpBlocks$|authority$|ActiveHealthCheckPolicy\.(host|path)$/,
    reason: "Some readers take such an address for another one, or for a name.",
  },
  {
    code: "MW0204",
    places: /regex|pattern|inverted/,
    reason:
      "`\\C` is half a character, which istiod refuses in routes, and a `\\Q` that is never closed would quote what is put around it.",
  },
  {
    code: "MW0210",
    places: /name$|header|Header|Trailers$|^queryParameters\.value$|prefix$/,
    reason:
      "HTTP has no header of such a name and no value with control characters, so that Envoy would never find it, or would write a broken message.",
  },
  {
    code: "MW0214",
    places: /^forwardTo\.regexRewrite\.substitution$/,
    reason: "A backslash that leads to no group of the pattern is a mistake, whatever Envoy makes of it.",
  },
  {
    code: "MW0262",
    places: VALUES,
    reason:
      "Arguments are narrower than in Envoy: no length, no blanks and brackets, and only those that mean something to the operator.",
  },
  {
    code: "MW0263",
    places: VALUES,
    reason: "The operator reads what is the proxy's own, and teams share proxies.",
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
    reason: "What is no host can't be called, and Envoy would send it all the same.",
  },
  {
    code: "MW0420",
    places: /^(HeaderManipulationPolicy|ExtAuthPolicy)\./,
    reason: "Host decides on routes; `hostRewrite` changes it.",
  },
  { code: "MW0463", places: /^JWTPolicy\./, reason: "Host decides on routes, and is no place for claims." },
  {
    code: "MW0466",
    places: /^TransformationPolicy\./,
    reason: "Envoy would write what it does not know of a template as it stands.",
  },
  {
    code: "MW0468",
    places: /^TransformationPolicy\./,
    reason: "Host decides on routes, and a template can't change it.",
  },
  {
    code: "MW0261",
    places: /regex|pattern|inverted/,
    reason: "Sizes are upper bounds, and leave room for the prefix that delegation may put in front.",
  },
  {
    code: "MW0215",
    places: /^directResponse\.status$/,
    reason:
      "Answers with status 204 or 304 have no body: clients would take it for the beginning of their next answer.",
  },
];

/** Returns the explanation for a text that only we refuse; undefined if there is none. */
export function explanationOf(code: Code, place: string): Explanation | undefined {
  return EXPLAINED.find((each) => each.code === code && each.places.test(place));
}
