/** Timing on a shared machine: many rounds, alternating, and the median. */
/** Reports progress on stderr; figures go to stdout. */
export function progress(line: string): void {
  console.error(line);
}

/** Returns the median. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Returns the milliseconds that `work` takes on the result of `prepare`.
 *
 * Garbage collection is left to V8: forcing it between rounds would also discard the compiled code of the measured
 * functions.
 */
export function timeOf<Input, Result>(
  prepare: () => Input,
  work: (input: Input) => Result,
): { readonly ms: number; readonly result: Result } {
  const input = prepare();
  const started = performance.now();
  const result = work(input);
  return { ms: performance.now() - started, result };
}
