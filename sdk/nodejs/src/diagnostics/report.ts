import { type Code, catalog } from "./catalog.js";
import type { CatalogEntry } from "./catalog-entry.js";
import type { Diagnostic, FactsOf, Path, Subject } from "./diagnostic.js";

/** Collects findings. */
export class Findings {
  readonly all: Diagnostic[] = [];

  /** Adds a finding of `code` about `subject`, at `path` in its arguments. */
  add<C extends Code>(code: C, subject: Subject, path: Path, facts: FactsOf<C>, through: readonly string[] = []): void {
    const { severity } = catalog[code];
    this.all.push({ code, severity, subject, path, facts, ...(through.length > 0 && { through }) });
  }

  /** Returns the findings ordered by subject, path and code, without duplicates. */
  sorted(): Diagnostic[] {
    return sortDiagnostics(this.all);
  }
}

/** Returns the catalog entry of a code, with the type of its facts erased. */
export function entryOf(code: Code): CatalogEntry<object> {
  return catalog[code] as CatalogEntry<object>;
}

/** Orders findings by subject, path and code, and drops duplicates. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((each, index) => {
    const before = sorted[index - 1];
    return before === undefined || compare(before, each) !== 0;
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    text(a.subject.kind, b.subject.kind) ||
    text(a.subject.name, b.subject.name) ||
    comparePath(a.path, b.path) ||
    text(a.code, b.code) ||
    text(JSON.stringify(a.facts), JSON.stringify(b.facts)) ||
    text(String(a.through ?? ""), String(b.through ?? ""))
  );
}

function comparePath(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const left = a[i] ?? "";
    const right = b[i] ?? "";
    const order =
      typeof left === "number" && typeof right === "number" ? left - right : text(String(left), String(right));
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
