import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";
import { unreachableRoute } from "./covered-routes.js";
import { portWithoutListener } from "./port-conditions.js";

function countOpen(weights: readonly (number | null)[]): string {
  const open = weights.filter((weight) => weight === null).length;
  return open === 1 ? "1 destination" : `${open} destinations`;
}

/** 02xx: routes and matchers. */
export const routes = {
  MW0201: entry<{ field: string }>({
    name: "empty-table",
    severity: "error",
    meaning: "A route table has no routes, so every request to its hosts would get a 404.",
    message: ({ field }) => `${quote(field)} has no routes, expected at least one`,
    help: () => "add a route, or remove the table",
  }),
  MW0202: entry<{ route: string; first: number; list?: string }>({
    name: "duplicate-route-name",
    severity: "error",
    meaning: "Two routes of one table have the same name.",
    message: ({ route, first, list = "http" }) =>
      `route ${quote(route)} has the same name as ${list}[${first}], expected a unique name`,
    help: ({ route }) => `rename one of the two, for example to ${quote(`${route}-2`)}`,
  }),
  MW0203: entry<{ route: string; weights: readonly (number | null)[]; total: number }>({
    name: "weights-not-100",
    severity: "error",
    meaning: "The weights of a route's destinations do not add up to 100.",
    message: ({ route, total, weights }) =>
      weights.includes(null)
        ? `route ${quote(route)} leaves ${Math.max(0, 100 - total)}% for ${countOpen(weights)} without a weight, ` +
          "expected at least 1% each"
        : `route ${quote(route)} sends ${total}% of its traffic, expected 100%`,
    detail: ({ weights }) => `found weights ${weights.map((w) => w ?? "none").join(", ")}`,
    help: ({ total, weights }) => {
      const change =
        total < 100 && !weights.includes(null)
          ? `add ${100 - total} to one weight`
          : `lower the weights by ${total - 100 + weights.filter((w) => w === null).length} in total`;
      return `${change}, or remove all weights to split evenly`;
    },
  }),
  MW0204: entry<{ pattern: string; reason: string }>({
    name: "regex-refused",
    severity: "error",
    meaning: "Envoy's regular expression engine (RE2) rejects the expression.",
    message: ({ pattern, reason }) => `RE2 rejects ${quote(pattern)}: ${reason}`,
    help: ({ reason }) =>
      /look-|back-ref|atomic|recursion/.test(reason)
        ? "RE2 has no look-around, back-references, atomic groups or recursion: " +
          "rewrite the expression without them, or match in another way"
        : "correct the expression; for its syntax see https://github.com/google/re2/wiki/Syntax",
  }),
  MW0205: unreachableRoute,
  MW0206: entry<{ route: string; by: string }>({
    name: "unreachable-matcher",
    severity: "warning",
    meaning: "A matcher has no effect, because an earlier matcher takes all of its requests.",
    message: ({ route, by }) =>
      `this matcher of route ${quote(route)} has no effect: ${by} takes all of its requests first`,
    help: () => "remove the matcher, or move it before the one that covers it",
  }),
  MW0207: entry<{ route: string; matcher?: number; kind: string }>({
    name: "rewrite-fits-no-matcher",
    severity: "error",
    meaning: "A path rewrite replaces the matched prefix or exact path, but a matcher of the route has neither.",
    message: ({ route, matcher, kind }) =>
      `\`pathRewrite\` of route ${quote(route)} needs a prefix or an exact path, ` +
      `but ${matcher === undefined ? "the route" : `matchers[${matcher}]`} has ${kind}`,
    help: ({ matcher }) =>
      `give the ${matcher === undefined ? "route a matcher with" : "matcher"} a \`uri.prefix\` or \`uri.exact\`, ` +
      "or use `regexRewrite`",
  }),
  MW0208: entry<{ prefix: string; rewrite: string; example: string; result: string }>({
    name: "uneven-rewrite",
    severity: "warning",
    meaning: "Only one of prefix and rewrite has a trailing slash, so rewritten paths get a double slash or lose one.",
    message: ({ prefix, rewrite, example, result }) =>
      `prefix ${quote(prefix)} with rewrite ${quote(rewrite)} turns ${quote(example)} into ${quote(result)}`,
    help: () => "end both in a slash, or neither, or use `regexRewrite`",
  }),
  MW0209: entry<{ route: string }>({
    name: "no-destination",
    severity: "error",
    meaning: "A route forwards requests but names no destination, and the table has no default.",
    message: ({ route }) => `route ${quote(route)} has no destination, expected at least one`,
    help: () => "add `forwardTo.destinations`, or a `defaultDestination` to the table",
  }),
  MW0210: entry<{ what: string; found: string }>({
    name: "header-characters",
    severity: "error",
    meaning: "A header name or value has characters that HTTP does not allow there.",
    message: ({ what, found }) => `${what} ${quote(found)} has a character that HTTP does not allow there`,
    help: () => "use letters, digits and hyphens in names, and no control characters in values",
  }),
  MW0211: entry<{ name: string; indexes: readonly number[]; isClaim?: boolean }>({
    name: "repeated-condition",
    severity: "error",
    meaning: "A matcher has several conditions on one header, parameter or claim that the target can't combine.",
    message: ({ name, indexes, isClaim }) => {
      const found = `${quote(name)} has ${indexes.length} conditions (${indexes.join(", ")}), expected one`;
      return isClaim ? found : `${found}, or one that must hold and one with \`invertMatch\``;
    },
    help: ({ isClaim }) =>
      isClaim
        ? "give one condition with all values, any one of which may hold"
        : "combine the conditions into one regular expression, or split them into several matchers if any one may hold",
  }),
  MW0212: portWithoutListener,
  MW0213: entry<{ method: string; known: readonly string[] }>({
    name: "unusual-method",
    severity: "warning",
    meaning: "A matcher has a method that HTTP does not define; methods are case-sensitive.",
    message: ({ method }) => `HTTP defines no method ${quote(method)}`,
    help: ({ method, known }) =>
      known.includes(method.toUpperCase())
        ? `did you mean ${quote(method.toUpperCase())}?`
        : `HTTP's methods: ${list(known)}`,
  }),
  MW0214: entry<{ substitution: string; reason: string }>({
    name: "substitution-refused",
    severity: "error",
    meaning: "The substitution of a regex rewrite is malformed, or refers to a group that its pattern does not have.",
    message: ({ substitution, reason }) => `the substitution ${quote(substitution)} can't be used: ${reason}`,
    help: () => "use `\\0` for the whole match, `\\1` to `\\9` for the pattern's groups, and plain text",
  }),
  MW0215: entry<{ route: string; status: number }>({
    name: "body-not-allowed",
    severity: "error",
    meaning:
      "A direct response has a body although its status never has one; Envoy would send it, " +
      "and clients would read it as part of the next response.",
    message: ({ route, status }) => `route ${quote(route)} has a body for status ${status}, which never has one`,
    help: () => "remove the body, or respond with another status",
  }),
};
