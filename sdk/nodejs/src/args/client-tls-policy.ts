import type { Input } from "./input.js";
import type { ClientModeChoiceArgs } from "./virtual-destination.js";

/** TLS in which the caller shows no certificate. */
export interface ClientSimpleTlsArgs {
  /** Server name to ask for. Default: the destination's first host. */
  sni?: Input<string>;
  /**
   * Secret with the CA certificates (`ca.crt` or `cacert`) in the caller's namespace; excludes `caCertificates`. Default: none.
   *
   * For gateways only: sidecars can't read secrets and speak plaintext instead.
   */
  credentialName?: Input<string>;
  /** Path of the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Names that the server's certificate must carry, one of them; at least one. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
}

/** TLS in which the caller shows a certificate of its own: that of `credentialName`, or `clientCertificate` with its `privateKey`. */
export interface ClientMutualTlsArgs {
  /** Server name to ask for. Default: the destination's first host. */
  sni?: Input<string>;
  /**
   * Secret with certificate, key and CA (`tls.crt`, `tls.key` and `ca.crt`) in the caller's namespace; excludes the paths below. Default: none.
   *
   * For gateways only: sidecars can't read secrets and speak plaintext instead.
   */
  credentialName?: Input<string>;
  /** Path of the client certificate in the caller's pod. Default: none. */
  clientCertificate?: Input<string>;
  /** Path of the client key in the caller's pod. Default: none. */
  privateKey?: Input<string>;
  /** Path of the CA certificates in the caller's pod. Default: the system's. */
  caCertificates?: Input<string>;
  /** Names that the server's certificate must carry, one of them; at least one. Default: the `sni`. */
  subjectAltNames?: Input<string>[];
}

/**
 * How callers speak TLS to a destination, in the place of what the mesh would do. Exactly one field.
 *
 * It holds for every port, every endpoint and every caller, so it must fit them all: through an east-west gateway, callers speak the mesh's mutual
 * TLS, or plaintext where the far cluster has no mesh. An ExternalService has `clientsideTls` on its ports instead. Follows `ClientTLSPolicy`
 * of Gloo Platform v2.
 */
export interface ClientTLSPolicyArgs {
  /** Plaintext. */
  disable?: ClientModeChoiceArgs;
  /** TLS in which the caller shows no certificate, for pods that serve TLS themselves. */
  simple?: ClientSimpleTlsArgs;
  /** TLS in which the caller shows a certificate of its own. */
  mutual?: ClientMutualTlsArgs;
  /** Mutual TLS with the mesh's own certificates, also to endpoints that are not known to speak it. */
  istioMutual?: ClientModeChoiceArgs;
}
