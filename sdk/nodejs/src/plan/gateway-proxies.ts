import type { Labels } from "./planned-target.js";

/** A gateway by its name, and its proxies by their namespace and labels. */
export interface GatewayProxies {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}
