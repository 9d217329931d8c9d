/**
 * Would mask what answers and access logs give away; always an error at preview, MW0702, which names the open alternative.
 *
 * Open-source Istio and Envoy mask nothing. It is here so that a program that comes from Gloo Platform v2 is told what to do instead; what
 * `DLPPolicy` takes there is taken and not read.
 */
// biome-ignore lint/suspicious/noEmptyInterface: TypeScript lets an empty one take the fields of Gloo's policy
export interface DLPPolicyArgs {}
