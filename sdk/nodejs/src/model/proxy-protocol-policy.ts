import { z } from "zod";
import { applyToListeners, type NarrowedToListeners } from "./listener-selector.js";
import { fields } from "./schema.js";

/** Whether connections begin with a PROXY header. */
export interface ProxyProtocolPolicy extends NarrowedToListeners {
  readonly enableProxyProtocol: boolean;
}

export const proxyProtocolPolicySchema: z.ZodType<ProxyProtocolPolicy> = fields({
  applyToListeners,
  enableProxyProtocol: z.boolean(),
});
