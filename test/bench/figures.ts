/** The figures of a run: one `name value` line each on stdout, and those beyond their limits on stderr. */

/** Formatting and limits of a figure. */
export interface FigureOptions {
  /** Highest allowed value. */
  readonly atMost?: number;
  /** Lowest allowed value. */
  readonly atLeast?: number;
  /** Digits after the decimal point. Default 3. */
  readonly digits?: number;
}

export class Figures {
  #failures = 0;

  /** True if a figure is beyond its limit or couldn't be measured. */
  get failed(): boolean {
    return this.#failures > 0;
  }

  add(name: string, value: number, { atMost, atLeast, digits = 3 }: FigureOptions = {}): void {
    console.log(`${name} ${value.toFixed(digits)}`);
    if (atMost !== undefined && !(value <= atMost))
      this.fail(`${name} is ${value.toFixed(digits)}, at most ${atMost} is wanted`);
    if (atLeast !== undefined && !(value >= atLeast))
      this.fail(`${name} is ${value.toFixed(digits)}, at least ${atLeast} is wanted`);
  }

  fail(reason: string): void {
    this.#failures++;
    console.error(`error: ${reason}`);
  }
}
