import type { Kind } from "../kinds/kinds.js";
import { isPolicyKind, isRoutePolicyKind } from "../kinds/kinds.js";
import { isWorkspaceKind } from "../model/workspace-reference.js";
import { type Entry, entryKey } from "./entry.js";

/** The reference that replaces a resource in an entry's arguments. */
interface Reference {
  readonly $ref: { readonly kind: Entry["kind"]; readonly name: string };
}

/**
 * Resources that a table needs wherever its routes are rendered: the tables that it delegates to, and the destinations
 * of its requests.
 */
const HELD_BY_TABLES: readonly Kind[] = ["RouteTable", "VirtualDestination", "ExternalService"];

/**
 * Returns true if an entry's descriptor embeds those of the resources of a kind that it refers to: its workspace, the
 * policies that it lists, and for a policy the resources that it names.
 */
function isHeld(entry: Entry, kind: Kind): boolean {
  if (isPolicyKind(kind) || isWorkspaceKind(kind)) return true;
  return isPolicyKind(entry.kind) ? kind !== "Fleet" : entry.kind === "RouteTable" && HELD_BY_TABLES.includes(kind);
}

/** Returns the entries that an entry's descriptor embeds directly. */
export function heldEntries(entry: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  replaceHeld(entry, entry.args, (held) => found.add(held));
  return [...found];
}

/** Returns the entries that an entry's descriptor embeds, at any depth. */
export function allHeldEntries(entry: Entry): ReadonlySet<Entry> {
  const found = new Set(heldEntries(entry));
  for (const each of found) for (const held of heldEntries(each)) found.add(held);
  return found;
}

/**
 * Returns the entries that are rendered into an entry's objects: the policies that it lists, for a table also the route
 * policies of its gateways, and the tables that it delegates to with their policies.
 */
export function renderedEntries(entry: Entry): readonly Entry[] {
  const gateways = entry.kind === "RouteTable" ? ownGateways(entry) : [];
  const tables = [entry, ...[...allHeldEntries(entry)].filter(({ kind }) => kind === "RouteTable")];
  const ofTables = tables.flatMap(heldEntries).filter(({ kind }) => isPolicyKind(kind));
  const ofGateways = gateways.flatMap(heldEntries).filter(({ kind }) => isRoutePolicyKind(kind));
  return [...tables.slice(1), ...ofTables, ...ofGateways];
}

/** Returns the gateways that a table attaches to, without those that its policies name. */
function ownGateways(entry: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  replaceReferences(entry, entry.args, (referred) => {
    if (referred.kind === "VirtualGateway") found.add(referred);
    return undefined;
  });
  return [...found];
}

/** Copies an entry's arguments with a replacement for each reference to a resource that its descriptor embeds. */
export function replaceHeld(entry: Entry, args: unknown, replace: (held: Entry) => unknown): unknown {
  return replaceReferences(entry, args, (referred) => (isHeld(entry, referred.kind) ? replace(referred) : undefined));
}

/** Copies an entry's arguments with each reference replaced, where `replace` returns something. */
function replaceReferences(entry: Entry, args: unknown, replace: (referred: Entry) => unknown): unknown {
  if (typeof args !== "object" || args === null) return args;
  if (Array.isArray(args)) return args.map((item) => replaceReferences(entry, item, replace));
  if (isReference(args)) {
    const { kind, name } = args.$ref;
    const referred = entry.closure.get(entryKey(kind, name));
    return (referred && replace(referred)) ?? args;
  }
  return Object.fromEntries(Object.entries(args).map(([key, item]) => [key, replaceReferences(entry, item, replace)]));
}

function isReference(value: object): value is Reference {
  return "$ref" in value && typeof value.$ref === "object" && value.$ref !== null;
}
