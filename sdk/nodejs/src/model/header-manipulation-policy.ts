import { z } from "zod";
import { isDeferred } from "./deferred.js";
import { headerName, headerValue } from "./match.js";
import { applyToRoutes, type NarrowedToRoutes } from "./route-selector.js";
import { fields, raise, text } from "./schema.js";

/** Values by the names of headers, these in small letters. */
export type Headers = Readonly<Record<string, string>>;

/** What changes in the headers of requests, or of answers: first `remove`, then `set`, then `append`. */
export interface HeaderChanges {
  readonly remove: readonly string[];
  readonly set: Headers;
  readonly append: Headers;
}

/** Which headers of requests and answers change. */
export interface HeaderManipulationPolicy extends NarrowedToRoutes {
  readonly request: HeaderChanges;
  readonly response: HeaderChanges;
}

type Context = z.core.$RefinementCtx<unknown>;

/** Percent signs are doubled, or enclose one of Envoy's operators (Envoy: envoy/formatter; Istio: validateHeaderValue). */
const OPERATORS = /^(?:[^%]|%%|%[A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::\d+)?%)*$/;

function changedName(name: string, context: Context, path: (string | number)[] = []): void {
  headerName(name, context, path);
  if (name.toLowerCase() === "host") raise(context, "MW0420", { header: name }, path);
}

function newValue(value: string, context: Context, path: (string | number)[]): void {
  headerValue(value, context, path);
  // Envoy leaves the header as it is (HeaderParser::evaluateHeaders, keep_empty_value)
  if (value === "") raise(context, "MW0104", { found: 0, minimum: 1, unit: "characters" }, path);
  if (!OPERATORS.test(value))
    raise(
      context,
      "MW0110",
      {
        found: value,
        expected: "a value in which percent signs are doubled or enclose one of Envoy's operators",
        example: "100%%",
      },
      path,
    );
}

/** New headers by name; names and values in one step, so that what is wrong with either is told at once. */
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
      if (!isDeferred(value)) newValue(value, context, [name]);
      values.set(key, value);
    }
    return Object.fromEntries(values);
  });

/** Names of headers, in small letters. */
export const changedNames = z
  .array(text(changedName))
  .transform((list) => list.map((name) => (isDeferred(name) ? name : name.toLowerCase())));

const CHANGES = [
  "appendRequestHeaders",
  "setRequestHeaders",
  "removeRequestHeaders",
  "appendResponseHeaders",
  "setResponseHeaders",
  "removeResponseHeaders",
] as const;

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
  return {
    ...(args.applyToRoutes && { applyToRoutes: args.applyToRoutes }),
    request: { remove: args.removeRequestHeaders, set: args.setRequestHeaders, append: args.appendRequestHeaders },
    response: { remove: args.removeResponseHeaders, set: args.setResponseHeaders, append: args.appendResponseHeaders },
  };
});
