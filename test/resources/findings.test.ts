/** Findings that only a program can raise. */
import assert from "node:assert/strict";
import { RoutingError } from "../../sdk/nodejs/src/index.js";
import { startMocks } from "./mocks.js";
import { cluster, fleet, gateway, table } from "./two-clusters.js";

function codesOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    assert.ok(error instanceof RoutingError, String(error));
    return error.diagnostics.map(({ code }) => code);
  }
  return [];
}

describe("findings of programs", () => {
  beforeEach(() => startMocks(true));

  it("two gateways of one name can't serve one table (MW0108)", () => {
    const prod = fleet();
    const [one, two] = [gateway(prod), gateway(prod, { listeners: [{ port: 8080 }] })];
    assert.ok(codesOf(() => table({ fleet: prod, virtualGateways: [one, two] })).includes("MW0108"));
  });

  it("a kubeconfig that can't be used (MW0514)", () => {
    const broken = { kubeconfig: "/nowhere/kubeconfig.yaml" };
    assert.deepEqual(
      codesOf(() => fleet({ clusters: [cluster("east", broken)] })),
      ["MW0514"],
    );
  });
});
