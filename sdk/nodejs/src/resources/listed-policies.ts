import { isPolicyKind, isRoutePolicyKind } from "../model/policy.js";
import { isWorkspaceKind } from "../model/workspace.js";
import { type Entry, entryKey } from "./entry.js";

/** The reference that stands in an entry's arguments in the place of a resource. */
interface Reference {
  readonly $ref: { readonly kind: Entry["kind"]; readonly name: string };
}

/** The policies that an entry's own arguments list. */
export function listedPolicies(entry: Entry): readonly Entry[] {
  return embeddedEntries(entry).filter(({ kind }) => isPolicyKind(kind));
}

/** The policies that end up in an entry's objects: those that it lists, and of a table also those of its gateways about routes. */
export function renderedPolicies(entry: Entry): readonly Entry[] {
  const gateways = entry.kind === "RouteTable" ? [...entry.closure.values()].filter(isGateway) : [];
  const ofGateways = gateways.flatMap(listedPolicies).filter(({ kind }) => isRoutePolicyKind(kind));
  return [...listedPolicies(entry), ...ofGateways];
}

function isGateway({ kind }: Entry): boolean {
  return kind === "VirtualGateway";
}

/** The resources whose descriptors are part of an entry's own: its workspace, the policies that it lists, and of a policy what it names. */
export function embeddedEntries(entry: Entry): readonly Entry[] {
  const found = new Set<Entry>();
  replaceEmbedded(entry, entry.args, (embedded) => found.add(embedded));
  return [...found];
}

/** A copy of arguments of an entry with something else in the place of each reference to an embedded resource. */
export function replaceEmbedded(entry: Entry, args: unknown, replace: (embedded: Entry) => unknown): unknown {
  if (typeof args !== "object" || args === null) return args;
  if (Array.isArray(args)) return args.map((item) => replaceEmbedded(entry, item, replace));
  if (isReference(args)) {
    const { kind, name } = args.$ref;
    const isEmbedded = isPolicyKind(kind) || isWorkspaceKind(kind) || (isPolicyKind(entry.kind) && kind !== "Fleet");
    const embedded = isEmbedded ? entry.closure.get(entryKey(kind, name)) : undefined;
    return embedded === undefined ? args : replace(embedded);
  }
  return Object.fromEntries(Object.entries(args).map(([key, item]) => [key, replaceEmbedded(entry, item, replace)]));
}

function isReference(value: object): value is Reference {
  return "$ref" in value && typeof value.$ref === "object" && value.$ref !== null;
}
