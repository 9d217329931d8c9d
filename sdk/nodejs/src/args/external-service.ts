import type { LocalityArgs } from "./fleet.js";
import type { Input } from "./input.js";
import type { FleetReference, WorkspaceReference } from "./reference.js";
import type { PortProtocol } from "./virtual-destination.js";

/** How callers speak TLS to an external service. */
export const ClientTlsMode = {
  /** Plaintext. */
  Disable: "DISABLE",
  /** TLS, the client shows no certificate. */
  Simple: "SIMPLE",
  /** TLS, the client shows a certificate. */
  Mutual: "MUTUAL",
  /** TLS with the mesh's own certificates. */
  IstioMutual: "ISTIO_MUTUAL",
} as const;
export type ClientTlsMode = (typeof ClientTlsMode)[keyof typeof ClientTlsMode];

/** TLS that callers add. Follows `ClientTLS` of Gloo Platform v2. */
export interface ClientsideTlsArgs {
  /** How to speak TLS. Default `SIMPLE`. */
  mode?: Input<ClientTlsMode>;
  /** Server name to ask for. Default: the service's host where there is exactly one. */
  sni?: Input<string>;
  /** Secret with certificate, key and CA, in the caller's namespace; gateways only. Excludes the paths below. */
  credentialName?: Input<string>;
  /** Path of the client certificate in the caller's pod. */
  clientCertificate?: Input<string>;
  /** Path of the client key in the caller's pod. */
  privateKey?: Input<string>;
  /** Path of the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Accept any server certificate. Default false. */
  insecureSkipVerify?: Input<boolean>;
}

/** One port of an external service. */
export interface ExternalPortArgs {
  /** Port that clients use, 1 to 65535. */
  number: Input<number>;
  /** Protocol of the port. */
  protocol: Input<PortProtocol>;
  /** Name by which endpoints map the port. Default: the protocol and the number, as in `https-443`. */
  name?: string;
  /** Port of the endpoints. Default: `number`. */
  targetPort?: Input<number>;
  /** TLS that callers add, such as for port 80 with `targetPort` 443. Default: none. */
  clientsideTls?: ClientsideTlsArgs;
}

/** One address of an external service. Follows `ExternalEndpoint` of Gloo Platform v2. */
export interface ExternalEndpointArgs {
  /** IP address or DNS name. */
  address: Input<string>;
  /** Ports of this endpoint by port name. Default: the ports' `targetPort`. */
  ports?: { [name: string]: Input<number> };
  /** Labels that subsets choose by. Default: none. */
  labels?: { [key: string]: Input<string> };
  /** Where the endpoint runs. Default: unknown. */
  locality?: LocalityArgs;
}

/** A service outside the fleet. Follows `ExternalService` of Gloo Platform v2. */
export interface ExternalServiceArgs {
  /** The clusters. */
  fleet: FleetReference;
  /** Team that owns the service and its namespace; routes of other teams may use it as the workspaces' settings say. Default: nobody, and every route may. */
  workspace?: WorkspaceReference;
  /** Labels by which workspaces choose what they share. Default: none. */
  labels?: { [key: string]: string };
  /** Namespace of the objects rendered for the service, in each of its clusters. */
  namespace: string;
  /** Names of the clusters that call the service. Default: all clusters of the fleet. */
  clusters?: string[];
  /** Hosts of the service: names with a dot, or a wildcard as the first label. 1 to 256. */
  hosts: Input<string>[];
  /** IP addresses or CIDR ranges that clients use for the service, at most 256. Default: none. */
  addresses?: Input<string>[];
  /** Ports of the service. 1 to 128. */
  ports: ExternalPortArgs[];
  /** Addresses that requests go to. Default: those that DNS gives for the host. */
  endpoints?: ExternalEndpointArgs[];
  /** Names that the server's certificate must carry, one of them. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
  /**
   * Namespaces that may call the service; `*` is all, which a team needs the operators' consent for (`mayClaim.hosts`).
   *
   * Default: of a workspace, its own namespaces, those of the workspaces that it exports this to, and the fleet's `gatewayNamespaces`; else all.
   */
  exportTo?: string[];
}
