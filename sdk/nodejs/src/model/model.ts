import { KINDS, type Kind } from "../kinds/kinds.js";
import type { ModelOf } from "./registry.js";

/** What a set of resources says, by kind and name. References between them are names. */
export type Model = { readonly [K in Kind]: ReadonlyMap<string, ModelOf[K]> };

/** A model of nothing. */
export function emptyModel(): { [K in Kind]: Map<string, ModelOf[K]> } {
  const model = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
  return model as { [K in Kind]: Map<string, ModelOf[K]> };
}
