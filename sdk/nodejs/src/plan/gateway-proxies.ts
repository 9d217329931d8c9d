import type { Labels } from "./planned-target.js";

/** A gateway's name, and the namespace and labels that select its proxies. */
export interface GatewayProxies {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}
