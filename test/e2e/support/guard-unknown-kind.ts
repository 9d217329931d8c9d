/** A kind of a later Istio, which Meshway does not know. */
type Crd = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).V1CustomResourceDefinition;

const GROUP = "extensions.istio.io";

export const UNKNOWN_KIND: Crd = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `proxyscripts.${GROUP}` },
  spec: {
    group: GROUP,
    scope: "Namespaced",
    names: { kind: "ProxyScript", listKind: "ProxyScriptList", plural: "proxyscripts", singular: "proxyscript" },
    versions: [
      {
        name: "v1alpha1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } },
      },
    ],
  },
};
