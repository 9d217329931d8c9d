import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Entry } from "./entry.js";
import { type ResolvedLeaf, resolveLeaf } from "./leaf.js";

/** A resource of a program: its entry, the findings about its references, and access to the values of its leaves. */
export interface Collected {
  readonly entry: Entry;
  readonly findings: readonly Diagnostic[];
  /** Waits for a leaf; belongs to the program's copy of this package, which created the placeholders. */
  readonly resolveLeaf: (number: number) => Promise<ResolvedLeaf>;
}

/** Callback with which `meshway render` collects a program's resources instead of declaring their objects. */
export type Collector = (collected: Collected) => void;

const KEY = Symbol.for("meshway.collector");

/**
 * Passes an entry to the collector, if one is set; on `globalThis`, because the program and the command line may load
 * different copies of this package.
 */
export function collect(entry: Entry, findings: readonly Diagnostic[]): boolean {
  const collector = (globalThis as { [KEY]?: Collector })[KEY];
  collector?.({ entry, findings, resolveLeaf });
  return collector !== undefined;
}

/** Returns true if resources are only collected: no cluster is contacted, and no credentials are read. */
export function isCollecting(): boolean {
  return (globalThis as { [KEY]?: Collector })[KEY] !== undefined;
}

/** Sets the collector of this process. */
export function setCollector(collector: Collector): void {
  (globalThis as { [KEY]?: Collector })[KEY] = collector;
}
