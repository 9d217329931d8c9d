/**
 * Would refuse requests by the rules of a web application firewall; always an error at preview, MW0701, which names the open alternative.
 *
 * Open-source Istio and Envoy have no such firewall. It is here so that a program that comes from Gloo Platform v2 is told what to do instead;
 * what `WAFPolicy` takes there is taken and not read.
 */
// biome-ignore lint/suspicious/noEmptyInterface: TypeScript lets an empty one take the fields of Gloo's policy
export interface WAFPolicyArgs {}
