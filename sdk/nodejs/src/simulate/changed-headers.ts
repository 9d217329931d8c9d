import type { Incoming } from "./incoming.js";

/** The headers of a request as filters change them. */
export class ChangedHeaders {
  readonly #changes = new Map<string, readonly string[]>();

  constructor(private readonly request: Incoming) {}

  get(name: string): readonly string[] {
    return this.#changes.get(name) ?? this.request.headers.get(name) ?? [];
  }

  remove(name: string): void {
    if (this.get(name).length > 0) this.#changes.set(name, []);
  }

  add(name: string, value: string): void {
    this.#changes.set(name, [...this.get(name), value]);
  }

  set(name: string, value: string): void {
    this.#changes.set(name, [value]);
  }

  /**
   * New values by header, as the backend sees them, trimmed; an empty list for removed headers. Undefined if nothing
   * changed.
   */
  get changes(): Readonly<Record<string, readonly string[]>> | undefined {
    if (this.#changes.size === 0) return undefined;
    const trimmed = [...this.#changes].map(([name, values]) => [
      name,
      values.map((each) => each.replace(/^[ \t]+|[ \t]+$/g, "")),
    ]);
    return Object.fromEntries(trimmed);
  }
}
