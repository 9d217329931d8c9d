/** test/refusals tries every string and number of the arguments at its limits, or gives a reason why not. */
import assert from "node:assert/strict";
import { leavesOfPlace, leavesOfSchema } from "../refusals/support/leaves.js";
import { PLACES } from "../refusals/support/places.js";

/** Leaves that no generated table fills, and why. */
const OMITTED: readonly (readonly [leaves: RegExp, reason: string])[] = [
  [/\.ref\.(kind|name|model)$/, "references are names in the model"],
  [/^(Workspace|WorkspaceSettings)\./, "they render no Istio object"],
  [
    /^Fleet\.(adopt|mayClaim|mayUseSecrets|guard|gatewayNamespaces|clusters\[\]\.rootNamespace)(\b|$)/,
    "they render no Istio object",
  ],
  [
    /^Fleet\.clusters\[\]\.(name|context|kubeconfig|clusterIdentifier|formerNames\[\])$/,
    "connection settings of clusters",
  ],
  [/\.clusters?(\[\])?$/, "names of clusters of the fleet"],
  [
    /\.applyToRoutes\[\]|^(\w+|RouteTable\.http\[\])\.labels|\.delegate\.|\.selector\.labels/,
    "labels that select within the model",
  ],
  [/^\w+\.(services\[\]\.|workloads\.)?namespace$/, "namespaces of objects, which API servers validate"],
  [/\.applyToListeners\[\]\.port$|\.matchers\[\]\.port$|\.destinations\[\]\.port$/, "must be one of the listed ports"],
  [
    /(destinationServer|Ref|estination|t(ls|cp)\[\]\.forwardTo\.destinations\[\])\.(service|subset|port|weight)/,
    "like the destinations of HTTP routes, which are tried",
  ],
  [/^TrimProxyConfigPolicy\.workloads\.namespace$/, "namespaces of objects, which API servers validate"],
];

describe("leaves of arguments", () => {
  const leaves = leavesOfSchema();
  const filled = new Set(PLACES.flatMap(leavesOfPlace));

  it("are filled by generated tables, or omitted for a reason", () => {
    assert.ok(leaves.length > 300, `${leaves.length} leaves`);
    const missing = leaves.filter((leaf) => !filled.has(leaf) && !OMITTED.some(([pattern]) => pattern.test(leaf)));
    assert.deepEqual(missing, []);
  });

  it("are omitted for reasons that are all used", () => {
    const unused = OMITTED.filter(([pattern]) => !leaves.some((leaf) => pattern.test(leaf) && !filled.has(leaf)));
    assert.deepEqual(unused, []);
  });
});
