import type { Input } from "./input.js";
import type { ClientModeChoiceArgs } from "./virtual-destination.js";

/** TLS without a client certificate. */
export interface ClientSimpleTlsArgs {
  /** Server name (SNI) to send. Default: the destination's first host. */
  sni?: Input<string>;
  /**
   * Secret with the CA certificates (`ca.crt` or `cacert`) in the caller's namespace; excludes `caCertificates`.
   * Default: none.
   *
   * Gateways only: sidecars can't read secrets and use plaintext instead.
   */
  credentialName?: Input<string>;
  /** Path to the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Subject alternative names, one of which the server's certificate must have; at least one. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
}

/** TLS with a client certificate: the one in `credentialName`, or `clientCertificate` with its `privateKey`. */
export interface ClientMutualTlsArgs {
  /** Server name (SNI) to send. Default: the destination's first host. */
  sni?: Input<string>;
  /**
   * Secret with certificate, key and CA (`tls.crt`, `tls.key` and `ca.crt`) in the caller's namespace; excludes the
   * paths below. Default: none.
   *
   * Gateways only: sidecars can't read secrets and use plaintext instead.
   */
  credentialName?: Input<string>;
  /** Path to the client certificate in the caller's pod. Default: none. */
  clientCertificate?: Input<string>;
  /** Path to the client key in the caller's pod. Default: none. */
  privateKey?: Input<string>;
  /** Path to the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Subject alternative names, one of which the server's certificate must have; at least one. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
}

/**
 * TLS of callers to a destination, instead of what the mesh would use. Exactly one field.
 *
 * It applies to every port, endpoint and caller, so it must suit them all: through an east-west gateway, callers use
 * the mesh's mutual TLS, or plaintext if the remote cluster has no mesh. An ExternalService has `clientsideTls` on its
 * ports instead. Follows `ClientTLSPolicy` of Gloo Platform v2.
 */
export interface ClientTLSPolicyArgs {
  /** Plaintext. */
  disable?: ClientModeChoiceArgs;
  /** TLS without a client certificate, for pods that serve TLS themselves. */
  simple?: ClientSimpleTlsArgs;
  /** TLS with a client certificate. */
  mutual?: ClientMutualTlsArgs;
  /** Mutual TLS with the mesh's certificates, even to endpoints that aren't known to support it. */
  istioMutual?: ClientModeChoiceArgs;
}
