// The program without Meshway: creates the objects in BENCH_INPUT (JSON), each in its cluster.
const { readFileSync } = require("node:fs");
const k8s = require("@pulumi/kubernetes");

const providers = new Map();
for (const { context, object } of JSON.parse(readFileSync(process.env.BENCH_INPUT, "utf8"))) {
  if (!providers.has(context)) {
    providers.set(context, new k8s.Provider(context, { context, enableServerSideApply: true }));
  }
  const { kind, metadata } = object;
  const name = `${context}-${kind}-${metadata.namespace}-${metadata.name}`;
  new k8s.apiextensions.CustomResource(name, object, { provider: providers.get(context) });
}
