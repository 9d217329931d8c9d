/** Findings that only programs can raise. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
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

  it("reports two gateways of one name for one table (MW0108)", () => {
    const prod = fleet();
    const [one, two] = [gateway(prod), gateway(prod, { listeners: [{ port: 8080 }] })];
    assert.ok(codesOf(() => table({ fleet: prod, virtualGateways: [one, two] })).includes("MW0108"));
  });

  it("reports an unusable kubeconfig that is given as text (MW0514)", () => {
    const noContext = { kubeconfig: "{ contexts: [{ name: west }] }" };
    const noYaml = { kubeconfig: "{ contexts:\n", context: "west" };
    assert.deepEqual(
      codesOf(() => fleet({ clusters: [cluster("east", noContext), cluster("west", noYaml)] })),
      ["MW0514", "MW0514"],
    );
  });

  it("reports an identifier that two clusters share (MW0566)", () => {
    const named = (one: string, other: string) =>
      codesOf(() =>
        fleet({
          clusters: [
            { name: "east", context: "east", clusterIdentifier: one },
            { name: "west", context: "west", clusterIdentifier: other },
          ],
        }),
      );
    assert.deepEqual([named("a", "a"), named("a", "b")], [["MW0566"], []]);
  });

  it("accepts a missing kubeconfig file: tests with mocks need none", () => {
    const clusters = [cluster("east", { kubeconfig: "/nowhere/kubeconfig.yaml" }), { name: "west", context: "west" }];
    assert.deepEqual(
      codesOf(() => fleet({ clusters })),
      [],
    );
  });
});

describe("the error that carries findings", () => {
  beforeEach(() => startMocks());

  function thrown(): RoutingError {
    try {
      const prod = fleet();
      table({ fleet: prod, virtualGateways: [gateway(prod)], hosts: ["sh op.example.com"] });
    } catch (error) {
      assert.ok(error instanceof RoutingError, String(error));
      return error;
    }
    return assert.fail("nothing was thrown");
  }

  const TEXT = /^\nerror\[MW0303\]: host `sh op\.example\.com` .*\n +at RouteTable `shop`, hosts\[0\]/;

  it("keeps its text in other threads and processes", () => {
    const clone = structuredClone(thrown());
    assert.match(clone.message, TEXT);
    assert.match(clone.stack ?? "", /^\w*Error: \nerror\[MW0303\]/);
  });

  it("consists of the text and the findings as JSON, and prints only the text", () => {
    const error = thrown();
    const json = JSON.parse(JSON.stringify(error));
    assert.match(json.message, TEXT);
    assert.deepEqual(
      json.diagnostics.map(({ code }: { code: string }) => code),
      ["MW0303"],
    );
    assert.doesNotMatch(inspect(error, { depth: null }), /resource:|__pulumi|diagnostics:/);
    assert.deepEqual(Object.keys(error), []);
  });

  it("drops the prefix that Pulumi adds to its text, once Pulumi asks how to print it", () => {
    const error = thrown();
    error.message = `error serializing property "spec": ${error.message}`;
    assert.equal(error.hideStack, true);
    assert.match(error.message, TEXT);
  });
});
