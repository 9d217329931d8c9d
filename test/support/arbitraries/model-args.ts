import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";

/** Arguments of resources by kind and name. */
export type ModelArgs = { readonly [K in Kind]: Readonly<Record<string, unknown>> };
