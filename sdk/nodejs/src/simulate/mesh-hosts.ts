import { isDeferred, isKnown, type Leaf } from "../model/deferred.js";
import type { ClusterPlan, PlannedPort } from "../plan/types.js";
import type { Caller } from "./request.js";

/**
 * The protocol that a sidecar assumes for a port of a host: `any` if only the Service itself defines it, `unknown`
 * while the program does not.
 */
export type AssumedProtocol = "http" | "tls" | "tcp" | "any" | "none" | "unknown";

/** The relevant fields of a destination or an external service. */
interface Registered {
  readonly namespace: string;
  readonly hosts: readonly string[];
  readonly exportTo: readonly string[];
  readonly ports: readonly PlannedPort[];
}

/** The hosts that sidecars of one cluster know. */
export class MeshHosts {
  readonly #registered = new Map<string, Registered[]>();

  constructor({ destinations, externalServices }: ClusterPlan) {
    for (const each of [...destinations, ...externalServices]) {
      for (const host of each.hosts) {
        const key = host.toLowerCase();
        this.#registered.set(key, [...(this.#registered.get(key) ?? []), each]);
      }
    }
  }

  /**
   * Returns the protocol that a caller's sidecar assumes for a port. A host outside the mesh is matched at port 80
   * only.
   */
  protocolAt(host: string, port: number, caller: Caller): AssumedProtocol {
    const known = this.#find(host, caller);
    if (known === undefined) return isServiceHost(host) ? "any" : port === 80 ? "http" : "none";
    const found = known.ports.find(({ number }) => number === port);
    if (found !== undefined) return portProtocolOf(found.protocol);
    return known.ports.every(({ number }) => isKnown(number)) ? "none" : "unknown";
  }

  /** Reports whether the mesh knows a host. */
  knows(host: string, caller: Caller): boolean {
    return isServiceHost(host) || this.#find(host, caller) !== undefined;
  }

  #find(host: string, { namespace }: Caller): Registered | undefined {
    return this.#registered
      .get(host)
      ?.find(
        (each) =>
          each.exportTo.includes("*") ||
          each.exportTo.includes(namespace) ||
          (each.exportTo.includes(".") && each.namespace === namespace),
      );
  }
}

function portProtocolOf(protocol: Leaf<string>): AssumedProtocol {
  if (isDeferred(protocol)) return "unknown";
  if (["HTTP", "HTTP2", "GRPC"].includes(protocol)) return "http";
  return protocol === "HTTPS" || protocol === "TLS" ? "tls" : "tcp";
}

const SERVICE = /^([^.]+)\.([^.]+)\.svc\./;

function isServiceHost(host: string): boolean {
  return SERVICE.test(host);
}

/**
 * Reports whether a name refers to a host for a caller: Services have shorter forms. Istio: generateVirtualHostDomains
 * (pilot/pkg/networking/core/httproute.go).
 */
export function means(name: string, host: string, { namespace }: Caller): boolean {
  if (name === host) return true;
  const [, service = "", home = ""] = SERVICE.exec(host) ?? [];
  if (service === "") return false;
  return name === `${service}.${home}.svc` || name === `${service}.${home}` || (name === service && home === namespace);
}
