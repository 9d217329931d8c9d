/**
 * Would mask sensitive data in responses and access logs; always an error at preview, MW0702, which names the
 * open-source alternative.
 *
 * Open-source Istio and Envoy mask nothing. The policy exists so that programs ported from Gloo Platform v2 get advice
 * on what to do instead; it accepts the fields of Gloo's `DLPPolicy` and ignores them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: an empty interface accepts the fields of Gloo's policy
export interface DLPPolicyArgs {}
