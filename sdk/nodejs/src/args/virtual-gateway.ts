import type { GatewayGuardArgs } from "./guard.js";
import type { Input } from "./input.js";
import type { FleetReference, PolicyReference, WorkspaceReference } from "./reference.js";

/** Protocols that a gateway listener speaks. */
export const ListenerProtocol = {
  /** Plaintext HTTP/1.1 and HTTP/2. */
  Http: "HTTP",
  /** HTTP over TLS; requires `tls`. */
  Https: "HTTPS",
  /** Any protocol over TCP, for `tcp` routes of tables. */
  Tcp: "TCP",
  /**
   * Any protocol over TLS; requires `tls`. With `PASSTHROUGH` for `tls` routes of tables, with the other modes for
   * their `tcp` routes.
   */
  Tls: "TLS",
} as const;
export type ListenerProtocol = (typeof ListenerProtocol)[keyof typeof ListenerProtocol];

/** TLS modes of a listener. There is no default: a listener with TLS sets its mode. */
export const TlsMode = {
  /** The gateway presents the certificate in `secretName`. */
  Simple: "SIMPLE",
  /** As `SIMPLE`, and clients must present a certificate signed by the secret's `ca.crt`. */
  Mutual: "MUTUAL",
  /** The gateway and its clients present their mesh identities; takes no secret. */
  IstioMutual: "ISTIO_MUTUAL",
  /**
   * The gateway terminates nothing: connections are distinguished by the server name (SNI) that clients send. Only for
   * `TLS`; takes no other setting.
   */
  Passthrough: "PASSTHROUGH",
} as const;
export type TlsMode = (typeof TlsMode)[keyof typeof TlsMode];

/** TLS versions. */
export const TlsVersion = {
  /** TLS 1.0; requires `cipherSuites` as the minimum version. */
  Tls10: "TLSv1_0",
  /** TLS 1.1; requires `cipherSuites` as the minimum version. */
  Tls11: "TLSv1_1",
  /** TLS 1.2. */
  Tls12: "TLSv1_2",
  /** TLS 1.3. */
  Tls13: "TLSv1_3",
} as const;
export type TlsVersion = (typeof TlsVersion)[keyof typeof TlsVersion];

/** TLS settings of a listener. Follows `TLSConfig` of Gloo Platform v2. */
export interface ListenerTlsArgs {
  /** TLS mode of the listener. Required. */
  mode: Input<TlsMode>;
  /**
   * Secret with the certificate, in the gateway's namespace of each of its clusters. Required for `SIMPLE` and
   * `MUTUAL`, rejected for `ISTIO_MUTUAL` and `PASSTHROUGH`.
   */
  secretName?: Input<string>;
  /** Minimum TLS version. Default `TLSv1_2`. */
  minimumProtocolVersion?: Input<TlsVersion>;
  /** Maximum TLS version. Default: the proxy's maximum. */
  maximumProtocolVersion?: Input<TlsVersion>;
  /** Cipher suites for TLS up to 1.2, by OpenSSL name, such as `ECDHE-RSA-AES128-GCM-SHA256`. Default: the proxy's. */
  cipherSuites?: Input<string>[];
}

/** Selects resources by labels. */
export interface LabelSelectorArgs {
  /** Labels that a resource must have, all of them. */
  labels: { [key: string]: string };
}

/** Restricts the route tables that may use a host of a listener. */
export interface AllowedRouteTablesArgs {
  /** A host with a dot, a wildcard such as `*.example.com`, or `*` for every host. */
  host: Input<string>;
  /** Allow only route tables with these labels. Default: every route table. */
  selector?: LabelSelectorArgs;
  /** Allow only route tables of these workspaces; at least one. Default: every route table. */
  workspaces?: WorkspaceReference[];
}

/** Port of a virtual gateway. */
export interface ListenerArgs {
  /** Port that clients use, 1 to 65535. */
  port: Input<number>;
  /** Port that the proxy binds, if a Service maps `port` to another one. Default: `port`. */
  targetPort?: Input<number>;
  /**
   * Protocol of the listener. Default: `TLS` with `tls` of mode `PASSTHROUGH`, `HTTPS` with other `tls`, otherwise
   * `HTTP`.
   */
  protocol?: Input<ListenerProtocol>;
  /**
   * Respond to every HTTP request with a redirect (301) to https, which keeps a port in the Host header: for port 80.
   * Only for `HTTP`. Default false.
   */
  httpsRedirect?: Input<boolean>;
  /** TLS settings. Required for `HTTPS` and `TLS`, rejected for `HTTP` and `TCP`. */
  tls?: ListenerTlsArgs;
  /** Hosts of this listener, and the route tables that may use them. Default: every host, for every route table. */
  allowedRouteTables?: AllowedRouteTablesArgs[];
}

/** Selects the proxies that serve a gateway. */
export interface GatewayWorkloadsArgs {
  /** Labels of the gateway's pods; at least one. */
  labels: { [key: string]: string };
}

/** A set of gateway proxies with their ports, hosts and certificates. Follows `VirtualGateway` of Gloo Platform v2. */
export interface VirtualGatewayArgs {
  /** Fleet whose clusters run the gateway. */
  fleet: FleetReference;
  /** Workspace of the team that owns the gateway and its namespace. Default: none. */
  workspace?: WorkspaceReference;
  /** Namespace of the gateway's pods and of the objects rendered for it. */
  namespace: string;
  /** Selects the gateway's proxies. */
  workloads: GatewayWorkloadsArgs;
  /** Names of the clusters that run the gateway. Default: all clusters of the fleet. */
  clusters?: string[];
  /** Ports of the gateway; at least one. */
  listeners: ListenerArgs[];
  /**
   * Policies of all requests through the gateway, or of the routes that a policy selects; those of tables and routes
   * take precedence. Also policies of its listeners and its clients. Default: none.
   */
  policies?: PolicyReference[];
  /** Enforces in the clusters who may use which hosts; requires the fleet's `guard`. Default: no guard. */
  guard?: GatewayGuardArgs;
}
