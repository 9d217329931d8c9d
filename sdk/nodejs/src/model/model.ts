import { KINDS, type Kind } from "../kinds/kinds.js";
import type { ModelOf } from "./registry.js";

/** A set of resources, by kind and name. They refer to each other by name. */
export type Model = { readonly [K in Kind]: ReadonlyMap<string, ModelOf[K]> };

/** Returns a model without resources. */
export function emptyModel(): { [K in Kind]: Map<string, ModelOf[K]> } {
  const model = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
  return model as { [K in Kind]: Map<string, ModelOf[K]> };
}
