import { z } from "zod";
import { isDeferred } from "./deferred.js";
import { ALL_ACTIONS, type RoutePolicyDefinition } from "./definition.js";
import { mayBeEmpty, readsItself } from "./empty-value.js";
import { headerName } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, type RefinementContext, raise, text } from "./schema.js";
import { MOST_WRITTEN_HEADERS, writtenName, writtenValue } from "./written-headers.js";

/** Header values by name, in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** Changes to the headers of requests or responses: first `remove`, then `set`, then `append`. */
export interface HeaderChanges {
  readonly remove: readonly string[];
  readonly set: Headers;
  readonly append: Headers;
}

/** Changes to the headers of requests and responses. */
export interface HeaderManipulationPolicy extends NarrowedToRoutes {
  readonly request: HeaderChanges;
  readonly response: HeaderChanges;
}

/** Reports whether a header to set keeps the sender's value if the new one is empty. */
export function isKeptWhereEmpty(
  header: string,
  { set, remove }: HeaderChanges,
  side: "request" | "response",
): boolean {
  const value = set[header] ?? "";
  if (isDeferred(value) || remove.includes(header)) return false;
  return mayBeEmpty(value, side) && !readsItself(value, header, side);
}

function changedName(name: string, context: RefinementContext, path: (string | number)[] = []): void {
  writtenName(name, context, path);
  refuseHost(name, context, path);
}

function refuseHost(name: string, context: RefinementContext, path: (string | number)[] = []): void {
  if (name.toLowerCase() === "host") raise(context, "MW0420", { header: name }, path);
}

/** New headers by name. Checks names and values in one step, so all problems are reported at once. */
export const changedHeaders: z.ZodType<Headers> = z
  .record(z.string(), z.unknown())
  .transform((entries, context): Headers => {
    const values = new Map<string, string>();
    const written = new Map<string, string>();
    for (const [name, value] of Object.entries(entries)) {
      changedName(name, context, [name]);
      const key = name.toLowerCase();
      const first = written.get(key);
      if (first !== undefined) raise(context, "MW0515", { field: first, with: name }, [name]);
      written.set(key, name);
      if (typeof value !== "string") {
        context.issues.push({ code: "invalid_type", expected: "string", input: value, path: [name] });
        continue;
      }
      if (!isDeferred(value)) writtenValue(value, context, [name]);
      values.set(key, value);
    }
    return Object.fromEntries(values);
  });

/** Names of headers to change, in lower case. */
export const changedNames = lowerNames(changedName);

/** Names of headers that another server sees unchanged, in lower case. */
export const shownNames = lowerNames((name, context) => {
  headerName(name, context);
  refuseHost(name, context);
});

function lowerNames(refine: (name: string, context: RefinementContext) => void) {
  return z.array(text(refine)).transform((list) => list.map((name) => (isDeferred(name) ? name : name.toLowerCase())));
}

const CHANGES = [
  "appendRequestHeaders",
  "setRequestHeaders",
  "removeRequestHeaders",
  "appendResponseHeaders",
  "setResponseHeaders",
  "removeResponseHeaders",
] as const;

function refuseTooMany(set: Headers, append: Headers, field: string, context: RefinementContext): void {
  const found = Object.keys(set).length + Object.keys(append).length;
  if (found > MOST_WRITTEN_HEADERS)
    raise(context, "MW0104", { found, maximum: MOST_WRITTEN_HEADERS, unit: "headers to set and append" }, [field]);
}

export const headerManipulationPolicySchema: z.ZodType<HeaderManipulationPolicy> = fields({
  applyToRoutes,
  appendRequestHeaders: changedHeaders.default({}),
  setRequestHeaders: changedHeaders.default({}),
  removeRequestHeaders: changedNames.default([]),
  appendResponseHeaders: changedHeaders.default({}),
  setResponseHeaders: changedHeaders.default({}),
  removeResponseHeaders: changedNames.default([]),
}).transform((args, context): HeaderManipulationPolicy => {
  if (CHANGES.every((field) => Object.keys(args[field]).length === 0))
    raise(context, "MW0106", { found: [], allowed: CHANGES, atMost: false, atLeast: true });
  refuseTooMany(args.setRequestHeaders, args.appendRequestHeaders, "setRequestHeaders", context);
  refuseTooMany(args.setResponseHeaders, args.appendResponseHeaders, "setResponseHeaders", context);
  return {
    ...(args.applyToRoutes && { applyToRoutes: args.applyToRoutes }),
    request: { remove: args.removeRequestHeaders, set: args.setRequestHeaders, append: args.appendRequestHeaders },
    response: { remove: args.removeResponseHeaders, set: args.setResponseHeaders, append: args.appendResponseHeaders },
  };
});

export const headerManipulationPolicyKind = {
  section: "headerManipulationPolicies",
  schema: headerManipulationPolicySchema,
  actsOn: ALL_ACTIONS,
} as const satisfies RoutePolicyDefinition<HeaderManipulationPolicy>;
