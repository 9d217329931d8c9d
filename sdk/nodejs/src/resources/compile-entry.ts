import type { Claims } from "../check/check.js";
import { holdsNothing } from "../check/facts/holdings.js";
import { type Compiled, compile } from "../compile.js";
import type { Diagnostic, Path } from "../diagnostics/diagnostic.js";
import { Findings, sortDiagnostics } from "../diagnostics/report.js";
import type { Kind } from "../kinds/kinds.js";
import { modelOf } from "./build-model.js";
import { claimsWithSecrets } from "./claims-with-secrets.js";
import { claimsOf, type Entry, entryKey } from "./entry.js";
import { leavesIn, type ResolvedLeaves, withoutSecrets } from "./leaf.js";

/** Input of a compilation besides the arguments of the resource and of everything it refers to. */
interface Known {
  /** Values of leaves. Default: none is known. */
  readonly leaves?: ResolvedLeaves;
  /** Findings that the caller already has. Default: none. */
  readonly found?: readonly Diagnostic[];
}

/**
 * Checks, plans and renders a resource with the leaf values known so far. Its findings never reveal a secret.
 *
 * A second run treats the secrets as unknown leaves. Findings of both runs can't contain secrets; of all others only
 * code and place are reported. So no rule has to handle secrets, and none can forget to.
 */
export function compileEntry(entry: Entry, { leaves, found = [] }: Known = {}): Compiled {
  const plainClaims = claimsOf(entry);
  const secretClaims = plainClaims && claimsWithSecrets(plainClaims);
  const run = (known: ResolvedLeaves | undefined, claims: Claims | undefined): Compiled => {
    const { model, diagnostics } = modelOf(entry, known);
    const focus = { kind: entry.kind, name: entry.name };
    return compile(model, { focus, ...(claims && { claims }), found: [...found, ...diagnostics] });
  };
  const holdsSecrets = secretClaims !== undefined && (secretClaims.size > 0 || !holdsNothing(secretClaims));
  const mayRevealSecrets = holdsSecrets || (leaves !== undefined && readsSecrets(entry, leaves));
  if (!mayRevealSecrets) return run(leaves, plainClaims);
  const plain = run(leaves && withoutSecrets(leaves), plainClaims);
  try {
    const compiled = run(leaves, secretClaims);
    return { ...compiled, diagnostics: withheld(entry, compiled.diagnostics, plain.diagnostics) };
  } catch {
    // the error may quote a secret
    return { diagnostics: failedOnSecrets(entry), plan: { clusters: [] }, objects: [] };
  }
}

/** Returns true if a resource's model contains a secret value. */
function readsSecrets(entry: Entry, leaves: ResolvedLeaves): boolean {
  const numbers = [...entry.closure.values()].flatMap(({ args }) => [...leavesIn(args)]);
  return numbers.some((number) => leaves.get(number)?.secret === true);
}

/** Returns the findings, reduced to code and place where they are not among `plain`. */
function withheld(
  entry: Entry,
  diagnostics: readonly Diagnostic[],
  plain: readonly Diagnostic[],
): readonly Diagnostic[] {
  const known = new Set(plain.map((each) => JSON.stringify(each)));
  return sortDiagnostics(diagnostics.map((each) => (known.has(JSON.stringify(each)) ? each : placeOf(entry, each))));
}

function placeOf(entry: Entry, { code, severity, subject, path }: Diagnostic): Diagnostic {
  const owner = entry.closure.get(entryKey(subject.kind as Kind, subject.name)) ?? entry;
  const place = { subject: { kind: owner.kind, name: owner.name }, path: plainPath(owner.args, path) };
  return { code, severity, ...place, facts: {}, withheld: true };
}

/** Cuts a path where the arguments without leaf values end: keys may be secret too. */
function plainPath(args: unknown, path: Path): Path {
  let inside = args;
  const end = path.findIndex((step) => {
    if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, step)) return true;
    inside = (inside as Readonly<Record<string | number, unknown>>)[step];
    return false;
  });
  return end === -1 ? path : path.slice(0, end);
}

function failedOnSecrets({ kind, name }: Entry): readonly Diagnostic[] {
  const findings = new Findings();
  findings.add("MW0901", { kind, name }, [], { what: "checking values of which some are secret failed" });
  return findings.all;
}
