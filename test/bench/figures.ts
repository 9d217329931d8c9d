/** The figures of a run: one line `name value` each on stdout, what exceeds its limit on stderr. */

/** How to show a figure, and what is wanted of it. */
export interface FigureOptions {
  /** The figure may not be higher. */
  readonly atMost?: number;
  /** The figure may not be lower. */
  readonly atLeast?: number;
  /** Digits after the point. Default 3. */
  readonly digits?: number;
}

export class Figures {
  #failures = 0;

  /** Whether a figure is beyond its limit, or could not be taken. */
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
