/** Maps isolated namespaces to `PeerAuthentication` and `AuthorizationPolicy` of security.istio.io/v1. */
import { TLS_LABEL } from "../../kube/istio-labels.js";
import type { KubeObject } from "../../kube/object.js";
import type { PlannedIsolation } from "../../plan/planned-access.js";
import { renderRefusal } from "./authorization-policy.js";
import { istioObject } from "./object.js";

/** Not a part that destinations have, because one may have the name of the settings. */
const PART = "workspace-isolation";

/**
 * The label that Istio's injector gives to pods with a sidecar, and not to gateways: clients of a team's own gateways
 * have no identity. Istio calls pods without it in plaintext, which strict mutual TLS refuses.
 */
const SIDECARS = { [TLS_LABEL]: "istio" };

/**
 * Returns the two objects that isolate a namespace. Mutual TLS is required for the namespace, so that objects about
 * single pods still take precedence.
 */
export function renderNamespaceIsolation({ maker, namespace, allowed }: PlannedIsolation): KubeObject[] {
  // with the namespace, because Pulumi tells the settings' objects in a cluster apart by kind and name
  const place = { namespace, part: [PART, namespace] };
  return [
    istioObject("PeerAuthentication", maker, place, { mtls: { mode: "STRICT" } }),
    istioObject("AuthorizationPolicy", maker, place, {
      selector: { matchLabels: SIDECARS },
      action: "DENY",
      rules: renderRefusal(allowed),
    }),
  ];
}
