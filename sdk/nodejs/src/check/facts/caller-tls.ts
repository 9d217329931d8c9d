import { ClientTlsMode } from "../../args/external-service.js";
import { isDeferred } from "../../model/deferred.js";
import { chosenPort, type RouteDestination } from "../../model/destination.js";
import type { ClientsideTls } from "../../model/external-service.js";
import type { CheckContext } from "../rule.js";
import { policyOf } from "./policies.js";

/** TLS that callers originate toward a destination, in the words of what declares it. */
export interface CallerTls {
  readonly mode: string;
  /** True if the server itself takes part in it; false if a sidecar in front of it opens it. */
  readonly reachesServer: boolean;
  /** True if callers take their certificates from a secret. */
  readonly usesSecret: boolean;
  /** The ClientTLSPolicy that declares it; absent if an external service's port does. */
  readonly policy?: string;
}

/** Returns the TLS that a destination declares for its callers; "none" if it declares none, undefined if unknown. */
export function callerTls(
  context: CheckContext,
  { target, port: wanted }: RouteDestination,
): CallerTls | "none" | undefined {
  if (target.kind === "service") return "none";
  if (target.kind === "virtualDestination") {
    const destination = context.model.VirtualDestination.get(target.name);
    const policy = destination && policyOf(context, destination, "ClientTLSPolicy");
    if (policy === undefined || policy.value.mode === "disable") return "none";
    const { mode } = policy.value;
    const usesSecret = "credentialName" in policy.value && policy.value.credentialName !== undefined;
    return { mode, reachesServer: mode !== "istioMutual", usesSecret, policy: policy.name };
  }
  const port = chosenPort(context.model.ExternalService.get(target.name)?.ports ?? [], wanted);
  return port && externalTls(port.clientsideTls);
}

/** Returns the TLS that callers originate toward a port of an external service. */
export function externalTls(tls: ClientsideTls | undefined): CallerTls | "none" | undefined {
  if (tls === undefined) return "none";
  const { mode, credentialName } = tls;
  if (isDeferred(mode)) return undefined;
  if (mode === ClientTlsMode.Disable) return "none";
  return { mode, reachesServer: true, usesSecret: mode !== ClientTlsMode.IstioMutual && credentialName !== undefined };
}
