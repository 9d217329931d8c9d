import { KINDS, type Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";

/** Arguments of resources by kind and name. */
export type ModelArgs = { readonly [K in Kind]: Readonly<Record<string, unknown>> };

/** Arguments of no resources. */
export function emptyArgs(): ModelArgs {
  return Object.fromEntries(KINDS.map((kind) => [kind, {}])) as unknown as ModelArgs;
}
