/** The Pulumi program of real-cluster.test.ts, parameterized by environment variables. */
const kubernetes = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");

const { KUBECONFIG: kubeconfig, WEIGHT = "90", ONLY = "", UPSERT, UNKNOWN_FIELD } = process.env;
const provider = new kubernetes.Provider("east", {
  kubeconfig,
  context: "east",
  upsertExistingObjects: UPSERT === "1",
});

const wanted = (name) => ONLY === "" || ONLY === name;

if (wanted("shop")) {
  const shop = new kubernetes.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });
  const namespace = shop.metadata.name;
  const reviews = new kubernetes.apiextensions.CustomResource(
    "reviews",
    {
      apiVersion: "networking.istio.io/v1",
      kind: "VirtualService",
      metadata: { name: "reviews", namespace, labels: { "app.kubernetes.io/part-of": "shop" } },
      spec: {
        hosts: ["reviews"],
        http: [
          {
            route: [
              { destination: { host: "v1" }, weight: Number(WEIGHT) },
              { destination: { host: "v2" }, weight: 10 },
            ],
            ...(WEIGHT === "90" ? { timeout: "5s" } : {}),
          },
        ],
      },
    },
    { provider },
  );
  new kubernetes.core.v1.Secret(
    "password",
    { metadata: { name: "password", namespace }, stringData: { pw: pulumi.secret("hunter2-very-secret") } },
    { provider },
  );
  const named = new kubernetes.core.v1.ConfigMap("named", { data: { a: "b" } }, { provider });
  module.exports = { uid: reviews.metadata.uid, id: reviews.id, name: named.metadata.name };
}
if (wanted("entry"))
  new kubernetes.apiextensions.CustomResource(
    "entry",
    {
      apiVersion: "networking.istio.io/v1",
      kind: "ServiceEntry",
      metadata: { name: "entry", namespace: "default" },
      spec: { hosts: [WEIGHT], resolution: "DNS", ...(UNKNOWN_FIELD ? { [UNKNOWN_FIELD]: true } : {}) },
    },
    { provider },
  );
if (ONLY === "widget")
  new kubernetes.apiextensions.CustomResource(
    "widget",
    { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "widget", namespace: "default" } },
    { provider },
  );
