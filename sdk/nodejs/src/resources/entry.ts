import * as pulumi from "@pulumi/pulumi";
import type { Claims } from "../check/check.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { KINDS, type Kind } from "../kinds/kinds.js";
import type { Undecided } from "../model/fleet.js";
import type { Access } from "./access.js";
import type { ClusterConnection } from "./connection.js";
import { extract } from "./leaf.js";
import { restoreSecrets } from "./secret-places.js";
import { markUndecided, restoreUndecided } from "./undecided.js";

/** A resource as the resources layer sees it: its arguments with placeholders, and everything that it refers to. */
export interface Entry {
  readonly kind: Kind;
  readonly name: string;
  readonly args: unknown;
  /** The entries that this one refers to, by kind and name, including itself unless it is foreign. */
  readonly closure: ReadonlyMap<string, Entry>;
  /** True if it comes from a descriptor, without its fleet. */
  readonly isForeign: boolean;
  /** Of a fleet: connections to its clusters. */
  readonly connections?: ReadonlyMap<string, ClusterConnection>;
  /** Of a fleet from a descriptor: access to its clusters. */
  readonly access?: readonly Access[];
  /** Of a fleet: the fields of each cluster that are Outputs and decide which objects exist. */
  readonly undecided?: readonly (readonly Undecided[])[];
  /** Of a fleet: claims of the program's resources on it. */
  readonly claims?: Claims;
}

/** This program's entries, by resource and by its `ref` output. */
const entries = new WeakMap<object, Entry>();

export function rememberedEntry(value: unknown): Entry | undefined {
  return typeof value === "object" && value !== null ? entries.get(value) : undefined;
}

export function remember(entry: Entry, ...keys: readonly object[]): void {
  for (const key of keys) entries.set(key, entry);
}

export function entryKey(kind: Kind, name: string): string {
  return `${kind}/${name}`;
}

/** Creates the entry of a resource from the program's arguments. Findings are about unusable references. */
export function makeEntry(
  kind: Kind,
  name: string,
  args: unknown,
  more: Pick<Entry, "connections" | "claims" | "access" | "undecided"> = {},
): { entry: Entry; findings: readonly Diagnostic[] } {
  const findings = new Findings();
  const closure = new Map<string, Entry>();
  const extracted = extractInto(closure, args, (kindAndName) =>
    findings.add("MW0108", { kind, name }, [], kindAndName),
  );
  const entry: Entry = { kind, name, args: markUndecided(kind, extracted), closure, isForeign: false, ...more };
  closure.set(entryKey(kind, name), entry);
  return { entry, findings: findings.sorted() };
}

/** Copies arguments with placeholders and references; collects the entries that they refer to in `closure`. */
function extractInto(
  closure: Map<string, Entry>,
  args: unknown,
  onAmbiguous: (found: { readonly kind: string; readonly name: string }) => void,
): unknown {
  return extract(args, (value) => {
    const referred = referredEntry(value);
    if (referred === undefined) return undefined;
    for (const each of [...referred.closure.values(), referred]) {
      const key = entryKey(each.kind, each.name);
      const known = closure.get(key);
      if (
        known !== undefined &&
        known !== each &&
        each.kind !== "Fleet" &&
        JSON.stringify(known.args) !== JSON.stringify(each.args)
      ) {
        onAmbiguous({ kind: each.kind, name: each.name });
      }
      if (known === undefined) closure.set(key, each);
    }
    return { $ref: { kind: referred.kind, name: referred.name } };
  });
}

/** Returns the entry of a resource, of `{ ref }` with its `ref` output, or of another stack's plain descriptor. */
function referredEntry(value: object): Entry | undefined {
  const own = rememberedEntry(value);
  if (own !== undefined) return own;
  if (!("ref" in value)) return undefined;
  return rememberedEntry(value.ref) ?? foreignEntry(value.ref);
}

const foreign = new Map<string, Entry>();

/** Returns the entry of a resource that another stack describes. */
function foreignEntry(ref: unknown): Entry | undefined {
  if (typeof ref !== "object" || ref === null || pulumi.Output.isInstance(ref)) return undefined;
  const { kind, name, model } = ref as { kind?: unknown; name?: unknown; model?: unknown };
  const known = KINDS.find((each) => each === kind);
  if (known === undefined || typeof name !== "string" || typeof model !== "string") return undefined;
  const key = JSON.stringify([kind, name, model]);
  const existing = foreign.get(key);
  if (existing !== undefined) return existing;
  let args: unknown;
  try {
    args = JSON.parse(model);
  } catch {
    return undefined;
  }
  const plain = withSecretsIn(args);
  const { own, access, undecided } = known === "Fleet" ? fleetIn(plain) : { own: plain };
  const closure = new Map<string, Entry>();
  const entry: Entry = {
    kind: known,
    name,
    // a descriptor embeds the descriptors of its policies
    args: restoreUndecided(extractInto(closure, own, () => undefined)),
    closure,
    isForeign: true,
    ...(known === "Fleet" && { access: access ?? [], ...(undecided && { undecided }), claims: new Map() }),
  };
  foreign.set(key, entry);
  return entry;
}

/** Returns a descriptor's arguments, with its secrets marked as secret again. */
function withSecretsIn(args: unknown): unknown {
  if (typeof args !== "object" || args === null || !("secrets" in args)) return args;
  const { secrets, ...plain } = args;
  return restoreSecrets(plain, secrets);
}

/** Splits a fleet's descriptor into its arguments and the rest. */
function fleetIn(args: unknown): { own: unknown } & Partial<Pick<Entry, "access" | "undecided">> {
  const { access, undecided, ...own } = liftUndecided(args) as Partial<Pick<Entry, "access" | "undecided">>;
  return { own, ...(access && { access }), ...(undecided && { undecided }) };
}

/** Moves `undecided` out of a fleet's clusters, where descriptors of Meshway 0.1.0 have it. */
function liftUndecided(args: unknown): unknown {
  if (typeof args !== "object" || args === null || !("clusters" in args) || !Array.isArray(args.clusters)) return args;
  const isOlder = args.clusters.some((each) => typeof each === "object" && each !== null && "undecided" in each);
  if (!isOlder) return args;
  const clusters = args.clusters as readonly Readonly<Record<string, unknown>>[];
  return {
    ...args,
    clusters: clusters.map(({ undecided: _, ...cluster }) => cluster),
    undecided: clusters.map(({ undecided = [] }) => undecided),
  };
}

/** Returns the fleet that a resource's arguments name. */
export function fleetOf(entry: Entry): Entry | undefined {
  const name = fleetName(entry);
  return name === undefined ? undefined : entry.closure.get(entryKey("Fleet", name));
}

/** Returns the claims of the program's resources on a resource's fleet. */
export function claimsOf(entry: Entry): Claims | undefined {
  return entry.claims ?? fleetOf(entry)?.claims;
}

/** Returns the name of the fleet that a resource's arguments refer to; settings use the fleet of their workspace. */
export function fleetName(entry: Entry): string | undefined {
  const { fleet, workspace } = (entry.args ?? {}) as { fleet?: Referring; workspace?: Referring };
  if (entry.kind !== "WorkspaceSettings") return fleet?.$ref?.kind === "Fleet" ? fleet.$ref.name : undefined;
  const owner = entry.closure.get(entryKey("Workspace", workspace?.$ref?.name ?? ""));
  const own = owner === undefined ? undefined : fleetName(owner);
  // a workspace of another stack comes without its fleet, and may be shared with one that has it
  return own ?? [...entry.closure.values()].find(({ kind }) => kind === "Fleet")?.name;
}

interface Referring {
  readonly $ref?: { readonly kind?: string; readonly name?: string };
}
