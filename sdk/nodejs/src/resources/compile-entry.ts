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

/** What a resource is compiled with besides its arguments and those of what they refer to. */
interface Known {
  /** The values of leaves. Default: none is known. */
  readonly leaves?: ResolvedLeaves;
  /** What is wrong besides. Default: nothing. */
  readonly found?: readonly Diagnostic[];
}

/**
 * Checks, plans and renders a resource with what is known of its leaves. What its findings tell is never made of a secret.
 *
 * Another run has the secrets as leaves that are not known. What it finds too can't be made of them; of everything else only the code and the
 * place are told. So no rule needs to know of secrets, and none can forget them.
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
  const mayTell = holdsSecrets || (leaves !== undefined && readsSecrets(entry, leaves));
  if (!mayTell) return run(leaves, plainClaims);
  const plain = run(leaves && withoutSecrets(leaves), plainClaims);
  try {
    const compiled = run(leaves, secretClaims);
    return { ...compiled, diagnostics: withheld(entry, compiled.diagnostics, plain.diagnostics) };
  } catch {
    // the error may quote a secret
    return { diagnostics: failedOnSecrets(entry), plan: { clusters: [] }, objects: [] };
  }
}

/** Whether a secret is among the values that a resource's model is made of. */
function readsSecrets(entry: Entry, leaves: ResolvedLeaves): boolean {
  const numbers = [...entry.closure.values()].flatMap(({ args }) => [...leavesIn(args)]);
  return numbers.some((number) => leaves.get(number)?.secret === true);
}

/** The findings, with nothing but code and place of those that are not among `plain`. */
function withheld(
  entry: Entry,
  diagnostics: readonly Diagnostic[],
  plain: readonly Diagnostic[],
): readonly Diagnostic[] {
  const told = new Set(plain.map((each) => JSON.stringify(each)));
  return sortDiagnostics(diagnostics.map((each) => (told.has(JSON.stringify(each)) ? each : placeOf(entry, each))));
}

function placeOf(entry: Entry, { code, severity, subject, path }: Diagnostic): Diagnostic {
  const owner = entry.closure.get(entryKey(subject.kind as Kind, subject.name)) ?? entry;
  const place = { subject: { kind: owner.kind, name: owner.name }, path: plainPath(owner.args, path) };
  return { code, severity, ...place, facts: {}, withheld: true };
}

/** A path as far as the arguments have it without the values of leaves: keys may be secret too. */
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
