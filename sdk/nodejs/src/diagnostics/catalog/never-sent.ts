import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** Conditions that no request meets, because of what Envoy does to a request before it looks at conditions. */
export const neverSent = {
  MW0216: entry<{ found: string; kind: "exact" | "prefix" | "suffix"; instead?: string }>({
    name: "path-never-sent",
    severity: "warning",
    meaning:
      "A condition on a path has a text that Envoy always rewrites or rejects before it matches paths, " +
      "so no request meets it.",
    message: ({ found, kind }) =>
      kind === "exact"
        ? `no request has the path ${quote(found)} after Envoy has normalized it`
        : `no request has a path that ${kind === "prefix" ? "begins" : "ends"} with ${quote(found)} ` +
          "after Envoy has normalized it",
    detail: ({ found, instead }) =>
      instead === undefined ? undefined : `requests for ${quote(found)} have the path ${quote(instead)}`,
    help: ({ found, instead }) => {
      if (/\{[\w.:*-]*\}/.test(found))
        return `paths are not templates: to match any segment, use \`regex\` with ${quote(expressionOf(found))}`;
      return instead === undefined
        ? "remove it, or write the path as Envoy normalizes it: without dot segments, backslashes and `%00`, " +
            "and with everything but visible ASCII escaped"
        : `write ${quote(instead)}`;
    },
  }),
  MW0217: entry<{ pattern: string; needs: "no slash" | "query" | "other"; use: "matcher" | "rewrite" }>({
    name: "path-expression-never-met",
    severity: "warning",
    meaning:
      "A regular expression for paths needs a text that no path has when Envoy matches it: " +
      "a query, characters that Envoy escapes, or segments and escapes that it resolves.",
    message: ({ pattern, needs, use }) =>
      `${quote(pattern)} matches ${use === "rewrite" ? "no part of a path" : "no path"}: ${
        {
          "no slash": "it needs a path without the leading slash",
          query: "it needs a `?`, and paths are matched without their query",
          other: "it needs text that Envoy rewrites or rejects before it matches paths",
        }[needs]
      }`,
    help: ({ needs, use }) => {
      if (needs === "no slash") return "begin the expression with a slash";
      if (needs === "query")
        return use === "rewrite"
          ? "remove the query from the expression: a rewrite leaves it as it is"
          : "match the path alone, and the query with `queryParameters`";
      return (
        'paths have no dot segments, backslashes, spaces, non-ASCII characters and none of `"<>^{|}`: ' +
        "they have the escapes of these, such as `%7B`, and plain characters instead of escapes such as `%7E`"
      );
    },
  }),
  MW0218: entry<{ header: string; fate: "removed" | "rewritten" | "kept for WebSocket"; holds: boolean }>({
    name: "header-never-seen",
    severity: "warning",
    meaning:
      "A condition on a header has the same outcome for every request, " +
      "because gateways remove or rewrite the header before they match routes.",
    message: ({ header, fate, holds }) =>
      `this condition on ${quote(header)} ${holds ? "always" : "never"} holds: ${
        {
          removed: "gateways remove the header before they match routes",
          rewritten: "gateways rewrite the header before they match routes",
          "kept for WebSocket": "gateways remove the header, except from WebSocket handshakes",
        }[fate]
      }`,
    help: ({ header, fate, holds }) => {
      const rest = holds ? "remove the condition" : "match on another header, or remove the matcher";
      if (header === "x-forwarded-proto") return "expect `http` or `https`: the scheme of the listener";
      if (header === "te") return "expect `trailers`: nothing else is left of the header";
      return fate === "kept for WebSocket"
        ? `to match handshakes, expect \`upgrade: websocket\`; otherwise ${rest}`
        : rest;
    },
  }),
  MW0219: entry<{
    what: "name of a query parameter" | "value of a query parameter" | "value of a header";
    found: string;
    instead?: string;
    invert?: boolean;
  }>({
    name: "value-never-sent",
    severity: "warning",
    meaning:
      "A condition has a name or value that no request can carry: query parameters are compared as sent, " +
      "without unescaping, and header values without spaces around them.",
    message: ({ what, found, invert = false }) =>
      `no ${what} is ${quote(found)}${invert ? ", so this condition always holds" : ""}`,
    detail: ({ what }) =>
      what === "value of a header"
        ? "Envoy removes spaces and tabs around values before it compares them"
        : "query parameters end at `&` and `#`, and hold visible ASCII; nothing is unescaped",
    help: ({ what, instead }) =>
      instead === undefined
        ? "match what clients send, with spaces as `%20` or `+`, `&` as `%26` and `#` as `%23`"
        : `write ${quote(instead)}` +
          (what !== "value of a header" && instead.includes("%20") ? ", or with `+` if clients send that" : ""),
  }),
};

/** Returns an expression for a path with names in braces. */
function expressionOf(path: string): string {
  const parts = path.split(/\{[\w.:*-]*\}/);
  return parts.map((part) => part.replace(/[\\.*+?()[\]|^$]/g, "\\$&")).join("[^/]+");
}
