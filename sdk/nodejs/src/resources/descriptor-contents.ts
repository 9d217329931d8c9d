import type { Kind } from "../kinds/kinds.js";
import { isPolicyKind, isRoutePolicyKind } from "../kinds/kinds.js";
import { isWorkspaceKind } from "../model/workspace-reference.js";
import { type Entry, entryKey } from "./entry.js";

/** The reference that stands in an entry's arguments in the place of a resource. */
interface Reference {
  readonly $ref: { readonly kind: Entry["kind"]; readonly name: string };
}

/** What a table needs of others wherever its routes are rendered: the tables that it delegates to, and where requests go. */
const HELD_BY_TABLES: readonly Kind[] = ["RouteTable", "VirtualDestination", "ExternalService"];

/** Whether an entry's descriptor holds those of what it refers to of a kind: its workspace, the policies that it lists, and of a policy what it names. */
function isHeld(entry: Entry, kind: Kind): boolean {
  if (isPolicyKind(kind) || isWorkspaceKind(kind)) return true;
  return isPolicyKind(entry.kind) ? kind !== "Fleet" : entry.kind === "RouteTable" && HELD_BY_TABLES.includes(kind);
}

/** The entries that an entry's descriptor holds, not those inside them. */
export function heldEntries(entry: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  replaceHeld(entry, entry.args, (held) => found.add(held));
  return [...found];
}

/** The entries that an entry's descriptor holds, at any depth. */
export function allHeldEntries(entry: Entry): ReadonlySet<Entry> {
  const found = new Set(heldEntries(entry));
  for (const each of found) for (const held of heldEntries(each)) found.add(held);
  return found;
}

/**
 * The entries that end up in an entry's objects: the policies that it lists, of a table also those of its gateways about routes, and the tables that it delegates to with
 * the policies of theirs.
 */
export function renderedEntries(entry: Entry): readonly Entry[] {
  const gateways = entry.kind === "RouteTable" ? ownGateways(entry) : [];
  const tables = [entry, ...[...allHeldEntries(entry)].filter(({ kind }) => kind === "RouteTable")];
  const ofTables = tables.flatMap(heldEntries).filter(({ kind }) => isPolicyKind(kind));
  const ofGateways = gateways.flatMap(heldEntries).filter(({ kind }) => isRoutePolicyKind(kind));
  return [...tables.slice(1), ...ofTables, ...ofGateways];
}

/** The gateways that a table attaches to, without those that its policies name. */
function ownGateways(entry: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  replaceReferences(entry, entry.args, (referred) => {
    if (referred.kind === "VirtualGateway") found.add(referred);
    return undefined;
  });
  return [...found];
}

/** A copy of arguments of an entry with something else in the place of each reference to what its descriptor holds. */
export function replaceHeld(entry: Entry, args: unknown, replace: (held: Entry) => unknown): unknown {
  return replaceReferences(entry, args, (referred) => (isHeld(entry, referred.kind) ? replace(referred) : undefined));
}

/** A copy of arguments of an entry in which `replace` may give something else for what is referred to. */
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
