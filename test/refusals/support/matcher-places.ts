/** The places of conditions of a route. */
import { EXAMPLE_KEYS } from "../../support/example-tokens.js";
import { type Args, matcher, type Place, place } from "./place.js";

/** A condition on a claim, and the policy that verifies it. */
const claim = (name: string, put: (text: string) => Args): Place =>
  place(`claims.${name}`, "JWTPolicy", "free", (text) => ({
    matcher: { claims: [put(text)] },
    policy: ["JWTPolicy", { providers: { login: { local: { inline: EXAMPLE_KEYS[0] } } } }],
  }));

export const MATCHER_PLACES: readonly Place[] = [
  matcher("uri.exact", "action", "path", (exact) => ({ uri: { exact } })),
  matcher("uri.prefix", "action", "path", (prefix) => ({ uri: { prefix } })),
  matcher("uri.regex", "action", "expression", (regex) => ({ uri: { regex } })),
  matcher("headers.name", "headers", "headerName", (name) => ({ headers: [{ name, value: "a" }] })),
  matcher("headers.value", "headers", "free", (value) => ({ headers: [{ name: "x-a", value }] })),
  matcher("headers.regex", "headers", "expression", (value) => ({ headers: [{ name: "x-a", value, regex: true }] })),
  matcher("headers.inverted", "headers", "expression", (value) => ({
    headers: [{ name: "x-a", value, regex: true, invertMatch: true }],
  })),
  matcher("queryParameters.name", "queryParameters", "free", (name) => ({ queryParameters: [{ name, value: "a" }] })),
  matcher("queryParameters.value", "queryParameters", "free", (value) => ({ queryParameters: [{ name: "q", value }] })),
  matcher("queryParameters.regex", "queryParameters", "expression", (value) => ({
    queryParameters: [{ name: "q", value, regex: true }],
  })),
  matcher("method", "method", "method", (method) => ({ method })),
  claim("key", (key) => ({ key, values: ["a"] })),
  claim("values", (text) => ({ key: "a", values: [text] })),
  claim("values, several", (text) => ({ key: "a", values: ["a.b", text] })),
  claim("nestedClaimDelimiter", (nestedClaimDelimiter) => ({ key: "a.b", values: ["a"], nestedClaimDelimiter })),
];
