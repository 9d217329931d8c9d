/** Every text and number of the arguments is tried at its edges by test/refusals, or there is a reason why not. */
import assert from "node:assert/strict";
import { leavesOfPlace, leavesOfSchema } from "../refusals/support/leaves.js";
import { PLACES } from "../refusals/support/places.js";

/** What no generated table fills, and why. */
const LEFT_OUT: readonly (readonly [leaves: RegExp, reason: string])[] = [
  [/\.ref\.(kind|name|model)$/, "references are names in the model"],
  [/^(Workspace|WorkspaceSettings)\./, "nothing of them is an object of Istio"],
  [
    /^Fleet\.(adopt|mayClaim|mayUseSecrets|guard|gatewayNamespaces|clusters\[\]\.rootNamespace)(\b|$)/,
    "nothing of them is an object of Istio",
  ],
  [/^Fleet\.clusters\[\]\.(name|context|kubeconfig|clusterIdentifier|formerNames\[\])$/, "how clusters are reached"],
  [/\.clusters?(\[\])?$/, "names of clusters of the fleet"],
  [
    /\.applyToRoutes\[\]|^(\w+|RouteTable\.http\[\])\.labels|\.delegate\.|\.selector\.labels/,
    "labels that choose in the model",
  ],
  [/^\w+\.(services\[\]\.|workloads\.)?namespace$/, "namespaces are those of objects, which API servers name"],
  [/\.applyToListeners\[\]\.port$|\.matchers\[\]\.port$|\.destinations\[\]\.port$/, "one of a list of ports"],
  [
    /(destinationServer|Ref|estination|t(ls|cp)\[\]\.forwardTo\.destinations\[\])\.(service|subset|port|weight)/,
    "as the destinations of routes of requests, which are tried",
  ],
  [/^TrimProxyConfigPolicy\.workloads\.namespace$/, "namespaces are those of objects, which API servers name"],
];

describe("leaves of arguments", () => {
  const leaves = leavesOfSchema();
  const filled = new Set(PLACES.flatMap(leavesOfPlace));

  it("are filled by generated tables, or left out for a reason", () => {
    assert.ok(leaves.length > 300, `${leaves.length} leaves`);
    const missing = leaves.filter((leaf) => !filled.has(leaf) && !LEFT_OUT.some(([pattern]) => pattern.test(leaf)));
    assert.deepEqual(missing, []);
  });

  it("are left out for reasons that something needs", () => {
    const unused = LEFT_OUT.filter(([pattern]) => !leaves.some((leaf) => pattern.test(leaf) && !filled.has(leaf)));
    assert.deepEqual(unused, []);
  });
});
