import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Entry } from "./entry.js";
import { type ResolvedLeaf, resolveLeaf } from "./leaf.js";

/** A resource of a program: its entry, what is wrong with its references, and the way to the values of its leaves. */
export interface Collected {
  readonly entry: Entry;
  readonly findings: readonly Diagnostic[];
  /** Waits for a leaf; from the program's copy of this package, which made the placeholders. */
  readonly resolveLeaf: (number: number) => Promise<ResolvedLeaf>;
}

/** What `meshway render` sets to learn of a program's resources instead of declaring their objects. */
export type Collector = (collected: Collected) => void;

const KEY = Symbol.for("meshway.collector");

/** Hands an entry to the collector, where one is set; the program's own copy of this package may be another than the command line's. */
export function collect(entry: Entry, findings: readonly Diagnostic[]): boolean {
  const collector = (globalThis as { [KEY]?: Collector })[KEY];
  collector?.({ entry, findings, resolveLeaf });
  return collector !== undefined;
}

/** Whether resources are only collected: no cluster is reached, and no credentials are read. */
export function isCollecting(): boolean {
  return (globalThis as { [KEY]?: Collector })[KEY] !== undefined;
}

/** Sets the collector of this process. */
export function setCollector(collector: Collector): void {
  (globalThis as { [KEY]?: Collector })[KEY] = collector;
}
