import type { GatewayGuardArgs } from "./guard.js";
import type { Input } from "./input.js";
import type { FleetReference, PolicyReference, WorkspaceReference } from "./reference.js";

/** Protocol that a gateway listener speaks. */
export const ListenerProtocol = {
  /** Plaintext HTTP/1.1 and HTTP/2. */
  Http: "HTTP",
  /** HTTP over TLS; needs `tls`. */
  Https: "HTTPS",
  /** Any protocol over TCP, for `tcp` routes of tables. */
  Tcp: "TCP",
  /** Any protocol over TLS; needs `tls`. With `PASSTHROUGH` for `tls` routes of tables, with the other modes for their `tcp` routes. */
  Tls: "TLS",
} as const;
export type ListenerProtocol = (typeof ListenerProtocol)[keyof typeof ListenerProtocol];

/** How a listener treats TLS. There is no default: a listener with TLS names its mode. */
export const TlsMode = {
  /** The gateway shows the certificate of `secretName`. */
  Simple: "SIMPLE",
  /** As `SIMPLE`, and clients must show a certificate that the secret's `ca.crt` signed. */
  Mutual: "MUTUAL",
  /** The gateway and its clients show their mesh identities; takes no secret. */
  IstioMutual: "ISTIO_MUTUAL",
  /** The gateway opens nothing: connections are told apart by the server name that clients ask for. Only for `TLS`; takes no other setting. */
  Passthrough: "PASSTHROUGH",
} as const;
export type TlsMode = (typeof TlsMode)[keyof typeof TlsMode];

/** A version of TLS. */
export const TlsVersion = {
  /** TLS 1.0; needs `cipherSuites` as the lowest version. */
  Tls10: "TLSv1_0",
  /** TLS 1.1; needs `cipherSuites` as the lowest version. */
  Tls11: "TLSv1_1",
  /** TLS 1.2. */
  Tls12: "TLSv1_2",
  /** TLS 1.3. */
  Tls13: "TLSv1_3",
} as const;
export type TlsVersion = (typeof TlsVersion)[keyof typeof TlsVersion];

/** TLS settings of a listener. Follows `TLSConfig` of Gloo Platform v2. */
export interface ListenerTlsArgs {
  /** How the listener treats TLS. Required. */
  mode: Input<TlsMode>;
  /** Secret with the certificate, in the gateway's namespace of each of its clusters. Required for `SIMPLE` and `MUTUAL`, refused for `ISTIO_MUTUAL` and `PASSTHROUGH`. */
  secretName?: Input<string>;
  /** Lowest TLS version that is accepted. Default `TLSv1_2`. */
  minimumProtocolVersion?: Input<TlsVersion>;
  /** Highest TLS version that is accepted. Default: the proxy's highest. */
  maximumProtocolVersion?: Input<TlsVersion>;
  /** Cipher suites for TLS up to 1.2, by their OpenSSL names, such as `ECDHE-RSA-AES128-GCM-SHA256`. Default: the proxy's. */
  cipherSuites?: Input<string>[];
}

/** Selects resources by labels. */
export interface LabelSelectorArgs {
  /** Labels that a resource must carry, all of them. */
  labels: { [key: string]: string };
}

/** Which route tables may use which hosts of a listener. */
export interface AllowedRouteTablesArgs {
  /** A host with a dot, a wildcard such as `*.example.com`, or `*` for every host. */
  host: Input<string>;
  /** Only route tables with these labels. Default: every route table. */
  selector?: LabelSelectorArgs;
  /** Only route tables of these workspaces; at least one. Default: every route table. */
  workspaces?: WorkspaceReference[];
}

/** One port of a virtual gateway. */
export interface ListenerArgs {
  /** Port that clients use, 1 to 65535. */
  port: Input<number>;
  /** Port that the proxy binds, where a Service maps `port` to another one. Default: `port`. */
  targetPort?: Input<number>;
  /** Protocol of the listener. Default `TLS` with `tls` of mode `PASSTHROUGH`, `HTTPS` with other `tls`, else `HTTP`. */
  protocol?: Input<ListenerProtocol>;
  /** Answer every HTTP request with a redirect (301) to https. Only for `HTTP`. Default false. */
  httpsRedirect?: Input<boolean>;
  /** TLS settings. Required for `HTTPS` and `TLS`, refused for `HTTP` and `TCP`. */
  tls?: ListenerTlsArgs;
  /** Hosts of this listener and who may use them. Default: every host, for every route table. */
  allowedRouteTables?: AllowedRouteTablesArgs[];
}

/** Chooses the proxies that serve a gateway. */
export interface GatewayWorkloadsArgs {
  /** Labels of the gateway's pods; at least one. */
  labels: { [key: string]: string };
}

/** A set of gateway proxies with their ports, hosts and certificates. Follows `VirtualGateway` of Gloo Platform v2. */
export interface VirtualGatewayArgs {
  /** The clusters. */
  fleet: FleetReference;
  /** Team that owns the gateway and its namespace. Default: nobody in particular. */
  workspace?: WorkspaceReference;
  /** Namespace of the gateway's pods and of the objects rendered for it. */
  namespace: string;
  /** The gateway's proxies. */
  workloads: GatewayWorkloadsArgs;
  /** Names of the clusters in which the gateway runs. Default: all clusters of the fleet. */
  clusters?: string[];
  /** Ports of the gateway; at least one. */
  listeners: ListenerArgs[];
  /** Policies of all requests through the gateway, or of the routes that a policy selects; those of tables and routes go before. And policies of its listeners and of its clients. Default: none. */
  policies?: PolicyReference[];
  /** Holds in the clusters who may use which hosts; needs `guard` of the fleet. Default: no guard. */
  guard?: GatewayGuardArgs;
}
