import type { LocalityArgs } from "./fleet.js";
import type { Input } from "./input.js";
import type { FleetReference, WorkspaceReference } from "./reference.js";
import type { PortProtocol } from "./virtual-destination.js";

/** TLS modes of callers to an external service. */
export const ClientTlsMode = {
  /** Plaintext. */
  Disable: "DISABLE",
  /** TLS without a client certificate. */
  Simple: "SIMPLE",
  /** TLS with a client certificate. */
  Mutual: "MUTUAL",
  /** Mutual TLS with the mesh's certificates. */
  IstioMutual: "ISTIO_MUTUAL",
} as const;
export type ClientTlsMode = (typeof ClientTlsMode)[keyof typeof ClientTlsMode];

/** TLS that callers originate. Follows `ClientTLS` of Gloo Platform v2. */
export interface ClientsideTlsArgs {
  /** TLS mode. Default `SIMPLE`. */
  mode?: Input<ClientTlsMode>;
  /** Server name (SNI) to send. Default: the service's host if there is exactly one. */
  sni?: Input<string>;
  /**
   * Secret with certificate, key and CA, in the caller's namespace. Excludes the paths below.
   *
   * For gateways only: sidecars can't read it and send plaintext, so list only namespaces of gateways in `exportTo`.
   */
  credentialName?: Input<string>;
  /** Path to the client certificate in the caller's pod. */
  clientCertificate?: Input<string>;
  /** Path to the client key in the caller's pod. */
  privateKey?: Input<string>;
  /** Path to the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Accept any server certificate. Default false. */
  insecureSkipVerify?: Input<boolean>;
}

/** Port of an external service. */
export interface ExternalPortArgs {
  /** Port that clients use, 1 to 65535. */
  number: Input<number>;
  /** Protocol of the port. */
  protocol: Input<PortProtocol>;
  /** Name that endpoints use to map the port. Default: the protocol and the number, as in `https-443`. */
  name?: string;
  /** Port of the endpoints. Default: `number`. */
  targetPort?: Input<number>;
  /** TLS that callers originate, such as for port 80 with `targetPort` 443. Default: none. */
  clientsideTls?: ClientsideTlsArgs;
}

/** Address of an external service. Follows `ExternalEndpoint` of Gloo Platform v2. */
export interface ExternalEndpointArgs {
  /** IP address or DNS name. */
  address: Input<string>;
  /** Ports of this endpoint by port name. Default: the ports' `targetPort`. */
  ports?: { [name: string]: Input<number> };
  /** Labels that subsets select by. Default: none. */
  labels?: { [key: string]: Input<string> };
  /** Locality of the endpoint. Default: unknown. */
  locality?: LocalityArgs;
}

/** A service outside the fleet. Follows `ExternalService` of Gloo Platform v2. */
export interface ExternalServiceArgs {
  /** Fleet whose clusters call the service. */
  fleet: FleetReference;
  /**
   * Workspace of the team that owns the service and its namespace; the workspaces' settings decide which routes of
   * other teams may use it. Default: none, and every route may use it.
   */
  workspace?: WorkspaceReference;
  /** Labels by which workspaces select what they share. Default: none. */
  labels?: { [key: string]: string };
  /** Namespace of the objects rendered for the service, in each of its clusters. */
  namespace: string;
  /** Names of the clusters that call the service. Default: all clusters of the fleet. */
  clusters?: string[];
  /** Hosts of the service: names with a dot, or with a wildcard as the first label. 1 to 256. */
  hosts: Input<string>[];
  /** IP addresses or CIDR ranges that clients use for the service, at most 256. Default: none. */
  addresses?: Input<string>[];
  /** Ports of the service. 1 to 128. */
  ports: ExternalPortArgs[];
  /** Addresses that requests go to. Default: those that DNS returns for the host. */
  endpoints?: ExternalEndpointArgs[];
  /** Subject alternative names, one of which the server's certificate must have. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
  /**
   * Namespaces that may call the service; `*` is all, for which a team needs the operators' consent (`mayClaim.hosts`).
   *
   * Default: with a workspace, its own namespaces, those of the workspaces that it exports the service to, and the
   * fleet's `gatewayNamespaces`; otherwise all.
   */
  exportTo?: string[];
}
