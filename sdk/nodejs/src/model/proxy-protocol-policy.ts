import { z } from "zod";
import type { KindDefinition } from "./definition.js";
import { applyToListeners, type NarrowedToListeners } from "./listener-selector.js";
import { fields } from "./schema.js";

/** Expects connections to begin with a PROXY header. */
export interface ProxyProtocolPolicy extends NarrowedToListeners {
  readonly enableProxyProtocol: boolean;
}

export const proxyProtocolPolicySchema: z.ZodType<ProxyProtocolPolicy> = fields({
  applyToListeners,
  enableProxyProtocol: z.boolean(),
});

export const proxyProtocolPolicyKind = {
  section: "proxyProtocolPolicies",
  schema: proxyProtocolPolicySchema,
} as const satisfies KindDefinition<ProxyProtocolPolicy>;
