import { isDeferred, isKnown, type Leaf } from "../model/deferred.js";
import type { ClusterPlan, PlannedPort } from "../plan/types.js";
import type { Caller } from "./request.js";

/** What a sidecar takes a port of a host for: `any` where only the Service itself tells, `unknown` while the program does not. */
export type PortSpeech = "http" | "tls" | "tcp" | "any" | "none" | "unknown";

/** A destination or a service outside the fleet, as far as it matters here. */
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

  /** What a caller's sidecar takes a port of a host for. A host that the mesh does not know is looked for at port 80 only. */
  speechAt(host: string, port: number, caller: Caller): PortSpeech {
    const known = this.#find(host, caller);
    if (known === undefined) return isServiceHost(host) ? "any" : port === 80 ? "http" : "none";
    const found = known.ports.find(({ number }) => number === port);
    if (found !== undefined) return speechOf(found.protocol);
    return known.ports.every(({ number }) => isKnown(number)) ? "none" : "unknown";
  }

  /** Whether the mesh knows a host. */
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

function speechOf(protocol: Leaf<string>): PortSpeech {
  if (isDeferred(protocol)) return "unknown";
  if (["HTTP", "HTTP2", "GRPC"].includes(protocol)) return "http";
  return protocol === "HTTPS" || protocol === "TLS" ? "tls" : "tcp";
}

const SERVICE = /^([^.]+)\.([^.]+)\.svc\./;

function isServiceHost(host: string): boolean {
  return SERVICE.test(host);
}

/** Whether a caller means a host by a name: for a Service shorter forms will do. Istio: generateVirtualHostDomains (pilot/pkg/networking/core/httproute.go). */
export function means(name: string, host: string, { namespace }: Caller): boolean {
  if (name === host) return true;
  const [, service = "", home = ""] = SERVICE.exec(host) ?? [];
  if (service === "") return false;
  return name === `${service}.${home}.svc` || name === `${service}.${home}` || (name === service && home === namespace);
}
