/** Times of things on a machine that others use too: many rounds, alternating, and the median. */
/** Takes one line about what goes on; figures go elsewhere. */
export function progress(line: string): void {
  console.error(line);
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Milliseconds that `work` takes on what `prepare` makes.
 *
 * Garbage is collected when V8 likes: collecting it all between rounds would also throw away the machine code of what is measured.
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
