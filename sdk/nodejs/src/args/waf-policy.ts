/**
 * Would reject requests by the rules of a web application firewall; always an error at preview, MW0701, which names the
 * open-source alternative.
 *
 * Open-source Istio and Envoy have no such firewall. The policy exists so that programs ported from Gloo Platform v2
 * get advice on what to do instead; it accepts the fields of Gloo's `WAFPolicy` and ignores them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: an empty interface accepts the fields of Gloo's policy
export interface WAFPolicyArgs {}
