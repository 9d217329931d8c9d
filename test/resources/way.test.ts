import assert from "node:assert/strict";
import { changeOf } from "../../sdk/nodejs/src/resources/way.js";

const config = (server: string, more: object = {}) =>
  JSON.stringify({
    "current-context": "east",
    contexts: [
      { name: "east", context: { cluster: "east", user: "admin" } },
      { name: "other", context: { cluster: "other", user: "admin" } },
    ],
    clusters: [
      { name: "east", cluster: { server, ...more } },
      { name: "other", cluster: { server: "https://203.0.113.9" } },
    ],
  });
const EAST = config("https://203.0.113.1");

describe("a change of the connection to a cluster", () => {
  const cases: readonly [string, Parameters<typeof changeOf>[0], Parameters<typeof changeOf>[1], string][] = [
    ["is none for equal settings", { kubeconfig: EAST }, { kubeconfig: EAST }, "none"],
    [
      "is none for another user of the same cluster",
      { kubeconfig: EAST },
      { kubeconfig: EAST.replaceAll("admin", "ann") },
      "none",
    ],
    [
      "replaces for one more key of the cluster's entry",
      { kubeconfig: EAST },
      { kubeconfig: config("https://203.0.113.1", { "tls-server-name": "east" }) },
      "replaced",
    ],
    [
      "replaces for another CA",
      { kubeconfig: config("https://203.0.113.1", { "certificate-authority-data": "YQ==" }) },
      { kubeconfig: config("https://203.0.113.1", { "certificate-authority-data": "Yg==" }) },
      "replaced",
    ],
    [
      "replaces for another context's cluster",
      { kubeconfig: EAST },
      { kubeconfig: EAST, context: "other" },
      "replaced",
    ],
    ["is not noticed by Pulumi where no kubeconfig is given", { context: "east" }, { context: "other" }, "unnoticed"],
    [
      "is not noticed where an identifier stays",
      { kubeconfig: EAST, clusterIdentifier: "a" },
      { kubeconfig: config("https://203.0.113.2"), clusterIdentifier: "a" },
      "unnoticed",
    ],
    [
      "replaces where an identifier changes",
      { kubeconfig: EAST, clusterIdentifier: "a" },
      { kubeconfig: EAST, clusterIdentifier: "b" },
      "replaced",
    ],
    [
      "does not count an identifier that is new",
      { kubeconfig: EAST },
      { kubeconfig: EAST, clusterIdentifier: "a" },
      "none",
    ],
    ["reads a secret of the state", { kubeconfig: { value: EAST } }, { kubeconfig: EAST }, "none"],
    ["does not choke on what is no kubeconfig", { kubeconfig: "{" }, { kubeconfig: "]" }, "unnoticed"],
  ];
  for (const [name, before, after, change] of cases) it(name, () => assert.equal(changeOf(before, after), change));
});
