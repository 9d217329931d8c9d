import type { z } from "zod";
import { MOST_UINT32, raise, text } from "./schema.js";

const PARTS = /(\d+)(?:\.(\d+))?(ns|us|µs|μs|ms|s|m|h)/gy;

/** Nanoseconds per unit, as in Go. */
const NANOSECONDS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** The longest duration that Go and Istio can represent. */
const LONGEST = 2n ** 63n - 1n;

/**
 * Returns the milliseconds of a duration in Go's notation, such as `1s500ms`; undefined if it is malformed, too long or
 * not in whole milliseconds.
 */
export function millisecondsOf(duration: string): number | undefined {
  let sum = 0n;
  let end = 0;
  for (const [part, whole = "", fraction = "", unit = ""] of duration.matchAll(PARTS)) {
    const size = NANOSECONDS[unit] ?? 0n;
    sum += BigInt(whole) * size + (BigInt(fraction === "" ? 0 : fraction) * size) / 10n ** BigInt(fraction.length);
    end += part.length;
  }
  if (duration === "" || end !== duration.length || sum > LONGEST || sum % 1_000_000n !== 0n) return undefined;
  return Number(sum / 1_000_000n);
}

/** A duration leaf: whole milliseconds, at least one (Istio: agent.ValidateDuration). */
export const duration = wholeMilliseconds();

/** A leaf for the timeout of an Envoy callout, which Envoy limits (config.core.v3.HttpUri). */
export const waitingTime = wholeMilliseconds(MOST_UINT32);

function wholeMilliseconds(mostSeconds = Number.POSITIVE_INFINITY): z.ZodType<string> {
  return text((value, context) => {
    // longer texts are not worth parsing
    const milliseconds = value.length > 100 ? undefined : millisecondsOf(value);
    if (milliseconds !== undefined && milliseconds >= 1 && milliseconds <= mostSeconds * 1000) return;
    const range = Number.isFinite(mostSeconds) ? `of 1ms to ${mostSeconds}s` : "of at least 1ms";
    raise(context, "MW0110", {
      found: value,
      expected: `a duration ${range}, in whole milliseconds`,
      example: "1s500ms",
    });
  });
}

/** A duration leaf in whole seconds, for fields that count seconds. */
export function wholeSeconds(least: number, most = Number.POSITIVE_INFINITY): z.ZodType<string> {
  return text((value, context) => {
    const milliseconds = value.length > 100 ? undefined : millisecondsOf(value);
    const seconds = (milliseconds ?? Number.NaN) / 1000;
    if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return;
    const range = Number.isFinite(most) ? `of ${least}s to ${most}s` : `of at least ${least}s`;
    raise(context, "MW0110", { found: value, expected: `a duration ${range}, in whole seconds`, example: "1m30s" });
  });
}
