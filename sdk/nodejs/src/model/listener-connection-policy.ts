import type { z } from "zod";
import { type TcpKeepalive, tcpKeepaliveSchema } from "./connection-policy.js";
import type { Leaf } from "./deferred.js";
import type { KindDefinition } from "./definition.js";
import { applyToListeners, type NarrowedToListeners } from "./listener-selector.js";
import { atLeastOne, fields, MOST_UINT32, wholeNumber } from "./schema.js";

/** Settings for client connections. */
export interface ListenerConnectionPolicy extends NarrowedToListeners {
  readonly perConnectionBufferLimitBytes?: Leaf<number>;
  readonly tcpKeepalive?: TcpKeepalive;
}

export const listenerConnectionPolicySchema: z.ZodType<ListenerConnectionPolicy> = fields({
  applyToListeners,
  perConnectionBufferLimitBytes: wholeNumber(1, MOST_UINT32).optional(),
  tcpKeepalive: tcpKeepaliveSchema.optional(),
}).superRefine((args, context) => atLeastOne(args, ["perConnectionBufferLimitBytes", "tcpKeepalive"], context));

export const listenerConnectionPolicyKind = {
  section: "listenerConnectionPolicies",
  schema: listenerConnectionPolicySchema,
} as const satisfies KindDefinition<ListenerConnectionPolicy>;
