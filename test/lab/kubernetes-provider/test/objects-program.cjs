/** A Pulumi program that creates exactly the objects in $PROGRAM (JSON), through one provider. */
const kubernetes = require("@pulumi/kubernetes");

const { provider: settings = {}, objects } = JSON.parse(process.env.PROGRAM);
const provider = new kubernetes.Provider("east", settings);

for (const { urn, options = {}, ...object } of objects) {
  const Kind = object.kind === "ConfigMap" ? kubernetes.core.v1.ConfigMap : kubernetes.apiextensions.CustomResource;
  new Kind(urn, object, { ...options, provider });
}
