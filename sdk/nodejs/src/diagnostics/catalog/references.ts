import { entry } from "../catalog-entry.js";
import { list, quote, suggest } from "../words.js";

function rangeOf(minimum?: number, maximum?: number): string {
  if (maximum === undefined) return `at least ${minimum}`;
  return minimum === undefined ? `at most ${maximum}` : `${minimum} to ${maximum}`;
}

/** Advice for fields of a redirect that only other APIs have. */
const INSTEAD_IN_REDIRECTS: Readonly<Record<string, string>> = {
  httpsRedirect: "remove it, and set `httpsRedirect` on the gateway's HTTP listener, which redirects all its requests",
  schemeRedirect: "remove it, and set `httpsRedirect` on the gateway's HTTP listener, which redirects all its requests",
  portRedirect: "remove it: a redirect can't choose a port, it can only change the host and the path",
  prefixRewrite: "use `pathRedirect`, which replaces the whole path",
  stripQuery: "remove it: a redirect keeps the query, unless `pathRedirect` has its own",
};

/** Returns advice on a field with a similar name to a known one, but another meaning. */
function adviceOn(field: string, known: readonly string[]): string | undefined {
  return known.includes("hostRedirect") && Object.hasOwn(INSTEAD_IN_REDIRECTS, field)
    ? INSTEAD_IN_REDIRECTS[field]
    : undefined;
}

/** 01xx: the shape of arguments, and references between resources. */
export const references = {
  MW0101: entry<{ field: string; known: readonly string[] }>({
    name: "unknown-field",
    severity: "error",
    meaning: "An object has a field that Meshway does not know there.",
    message: ({ field }) => `${quote(field)} is not a known field here`,
    help: ({ field, known }) =>
      field === "__proto__" && known.length === 0
        ? "remove it: no map can have this key"
        : (adviceOn(field, known) ?? suggest(field, known, "known fields here")),
  }),
  MW0102: entry<{ expected: string; found: string }>({
    name: "wrong-type",
    severity: "error",
    meaning: "A value does not have the type that the field takes.",
    message: ({ expected, found }) => `found ${found}, expected ${expected}`,
    help: ({ expected }) => `write ${expected} here`,
  }),
  MW0103: entry<{ field: string; expected: string }>({
    name: "missing-field",
    severity: "error",
    meaning: "A required field is missing.",
    message: ({ field, expected }) => `${quote(field)} is missing, expected ${expected}`,
    help: ({ field }) => `add ${quote(field)}`,
  }),
  MW0104: entry<{ found: unknown; minimum?: number; maximum?: number; unit: string }>({
    name: "out-of-range",
    severity: "error",
    meaning: "A number, a length or a count is out of range.",
    message: ({ found, minimum, maximum, unit }) =>
      `found ${quote(found)}${unit === "" ? "" : ` ${unit}`}, expected ${rangeOf(minimum, maximum)}`,
    // units are plural
    help: ({ minimum, maximum, unit }) =>
      `use ${rangeOf(minimum, maximum)}${unit === "" || (maximum ?? minimum) === 1 ? "" : ` ${unit}`}`,
  }),
  MW0105: entry<{ found: unknown; allowed: readonly string[] }>({
    name: "not-one-of",
    severity: "error",
    meaning: "A value is not one that the field allows.",
    message: ({ found, allowed }) => `found ${quote(found)}, expected ${list(allowed, "or")}`,
    help: ({ found, allowed }) => suggest(String(found), allowed, "allowed values"),
  }),
  MW0106: entry<{ found: readonly string[]; allowed: readonly string[]; atMost: boolean; atLeast?: boolean }>({
    name: "exactly-one-of",
    severity: "error",
    meaning: "Several fields exclude each other, or one of them is required and none is set.",
    message: ({ found, allowed, atMost, atLeast = false }) =>
      `found ${found.length === 0 ? "none" : list(found)}, ` +
      `expected ${atLeast ? "at least" : atMost ? "at most" : "exactly"} one of ${list(allowed)}`,
    help: ({ found, allowed }) =>
      found.length === 0 ? `add one of ${list(allowed)}` : `keep one of ${list(found)} and remove the rest`,
  }),
  MW0107: entry<{ kind: string; found: string; known: readonly string[] }>({
    name: "unknown-reference",
    severity: "error",
    meaning: "A reference names a resource that does not exist.",
    message: ({ kind, found }) => `there is no ${kind} ${quote(found)}`,
    help: ({ found, known }) => suggest(found, known, "known names"),
  }),
  MW0108: entry<{ kind: string; name: string }>({
    name: "ambiguous-name",
    severity: "error",
    meaning: "Two resources of the same kind have the same name, so a reference to that name is ambiguous.",
    message: ({ kind, name }) => `there is more than one ${kind} ${quote(name)}, expected one`,
    help: ({ name }) => `rename all but one of ${quote(name)}`,
  }),
  MW0109: entry<{ expected: string; found: string }>({
    name: "unusable-reference",
    severity: "error",
    meaning: "A reference is neither a resource of the expected kind nor the plain descriptor of one.",
    message: ({ expected, found }) => `found ${found}, expected the ${expected} or the value of its \`ref\` output`,
    help: ({ expected }) =>
      `pass the ${expected} itself, or for one in another stack ` +
      '`{ ref: await stackReference.requireOutputValue("...") }`, awaited because it decides which objects exist',
  }),
  MW0110: entry<{ found: unknown; expected: string; example: string; instead?: string }>({
    name: "malformed-value",
    severity: "error",
    meaning: "A text has the right type but not the right form.",
    message: ({ found, expected }) => `found ${quote(found)}, expected ${expected}`,
    help: ({ example, instead }) =>
      instead === undefined ? `write it as in ${quote(example)}` : `write it as in ${quote(example)}, ${instead}`,
  }),
  MW0111: entry<{ reference: string; cluster: string; known: readonly string[] }>({
    name: "other-fleet",
    severity: "error",
    meaning: "A referenced resource runs in a cluster that is not in this resource's fleet.",
    message: ({ reference, cluster, known }) =>
      `${reference} runs in cluster ${quote(cluster)}, expected a cluster of this fleet (${list(known)})`,
    help: ({ cluster }) => `add ${quote(cluster)} to the fleet, or use the fleet that has it`,
  }),
  MW0112: entry<{ text: string }>({
    name: "lone-surrogate",
    severity: "error",
    meaning: "A text contains a lone UTF-16 surrogate, which objects and files can't hold.",
    message: ({ text }) => `found ${quote(text)}, which contains a lone surrogate, expected whole characters`,
    help: () => "write the whole character; if the text was truncated, truncate it between characters",
  }),
};
