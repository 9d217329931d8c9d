import { isDeferred } from "../../model/deferred.js";
import type { HeaderMatcher, ValueMatch } from "../../model/match.js";
import { REMOVED_HEADERS } from "../../model/removed-headers.js";
import type { RegexCompiler } from "../regex.js";

/** The reason why a condition on a header has the same outcome for every request. */
export type HeaderFate = "removed" | "rewritten" | "kept for WebSocket";

/** A condition on a header whose outcome is the same for every request at a gateway. */
export interface DecidedHeader {
  readonly fate: HeaderFate;
  readonly holds: boolean;
}

/** Headers of which Envoy leaves only certain values. */
const VALUES: Readonly<Record<string, { readonly fate: HeaderFate; readonly values: readonly string[] }>> = {
  "x-forwarded-proto": { fate: "rewritten", values: ["http", "https"] },
  te: { fate: "rewritten", values: ["trailers", ""] },
};

/** Headers that Envoy keeps for WebSocket handshakes, and a part of the values that these have. */
const HANDSHAKE: Readonly<Record<string, string>> = { connection: "upgrade", upgrade: "websocket" };

/** A request ID that a gateway generates. */
const REQUEST_ID = /^[0-9a-f-]{36}$/;

/** Returns the outcome of a condition at gateways if it is certain (seen with Envoy 1.40). Skips unknown values. */
export function decidedHeader(
  { name, match, invert }: HeaderMatcher,
  compileRegex: RegexCompiler,
): DecidedHeader | undefined {
  if (isDeferred(name) || (match.kind !== "present" && isDeferred(match.value))) return undefined;
  const fits = (text: string): boolean => fitsValue(match, text, compileRegex);
  const handshake = HANDSHAKE[name];
  if (handshake !== undefined) {
    // a handshake may name other tokens besides, so only plain values are certain
    const isOther = match.kind === "exact" && match.value !== "" && !match.value.toLowerCase().includes(handshake);
    return isOther ? { fate: "kept for WebSocket", holds: invert } : undefined;
  }
  // under an inverted condition on a value, an absent header counts as empty
  if (REMOVED_HEADERS.has(name)) return { fate: "removed", holds: invert && (match.kind === "present" || !fits("")) };
  if (name === "x-request-id" && match.kind === "exact" && !REQUEST_ID.test(match.value))
    return { fate: "rewritten", holds: invert };
  const left = VALUES[name];
  if (left === undefined || match.kind === "present") return undefined;
  return left.values.some(fits) ? undefined : { fate: left.fate, holds: invert };
}

/** Counts an expression that RE2 rejects as a match: it has an error already. */
function fitsValue(match: ValueMatch, text: string, compileRegex: RegexCompiler): boolean {
  if (match.kind === "present") return true;
  if (match.kind === "exact") return match.value === text;
  const compiled = compileRegex(match.value);
  return "reason" in compiled || compiled.matches(text);
}
