/** No secret leaks, whatever a rule puts into its findings: rules need not know about secrets. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Rule } from "../../sdk/nodejs/src/check/rule.js";
import { rules } from "../../sdk/nodejs/src/check/rules.js";
import { RoutingError } from "../../sdk/nodejs/src/index.js";
import { objects, settled, startMocks } from "./mocks.js";
import { fleet, gateway, table } from "./two-clusters.js";

const HOST = "Hushed-Label.Example.com";

/** Puts everything it knows into every part of a finding, as no rule should. */
const talkative: Rule = {
  name: "talkative",
  codes: ["MW0901"],
  description: "Nothing.",
  check({ model, findings, claims }) {
    for (const [name, { hosts }] of model.RouteTable) {
      const all = hosts.join();
      const what = `${JSON.stringify([...hosts, [...claims]])} ${all.toLowerCase().slice(2, 12)} ${btoa(all)}`;
      const [host = ""] = hosts;
      findings.add("MW0901", { kind: "RouteTable", name }, ["hosts", 0, host], { what }, [host]);
      findings.add("MW0901", { kind: "RouteTable", name: host }, [host], { what });
      findings.add("MW0901", { kind: "RouteTable", name }, ["hosts"], { what: "all of this is plain" });
    }
  },
};

const throwing: Rule = {
  name: "throwing",
  codes: [],
  description: "Nothing.",
  check({ model }) {
    for (const { hosts } of model.RouteTable.values())
      if (hosts.includes(HOST)) throw new Error(`what is ${hosts}?`, { cause: hosts });
  },
};

async function failureWith(rule: Rule): Promise<RoutingError> {
  const list = rules as Rule[];
  const prod = fleet();
  const web = gateway(prod);
  const bad = await startingWith(list, rule, async () => {
    const { ref } = table({ fleet: prod, virtualGateways: [web], hosts: [pulumi.secret(HOST)] });
    return (ref as unknown as { promise(): Promise<unknown> }).promise().then(
      () => undefined,
      (error: unknown) => error,
    );
  });
  await settled();
  assert.ok(bad instanceof RoutingError, String(bad));
  return bad;
}

/** Runs a function with one more rule in the list; the rule reports nothing before values are known. */
async function startingWith<T>(list: Rule[], rule: Rule, run: () => Promise<T>): Promise<T> {
  list.push({
    ...rule,
    check: (context) => {
      const isEarly = [...context.model.RouteTable.values()].every(({ hosts }) => !hosts.includes(HOST));
      if (!isEarly) rule.check(context);
    },
  });
  try {
    return await run();
  } finally {
    list.pop();
  }
}

function assertSilent(error: RoutingError): void {
  const all = JSON.stringify([error.message, error.stack, String(error), error, error.diagnostics]);
  assert.doesNotMatch(all, /hushed|shed-l|d-label/i);
  assert.ok(!all.includes(btoa(HOST).slice(4, 12)), all);
}

describe("rules that leak secrets", () => {
  beforeEach(() => startMocks(true));

  it("are reported as code and place only", async () => {
    const error = await failureWith(talkative);
    assertSilent(error);
    assert.deepEqual(
      error.diagnostics.map(({ code, subject, path, facts, withheld }) => [code, subject.name, path, facts, withheld]),
      [
        ["MW0901", "shop", [], {}, true],
        ["MW0901", "shop", ["hosts"], {}, true],
        ["MW0901", "shop", ["hosts", 0], {}, true],
      ],
    );
    assert.deepEqual(objects("VirtualService"), []);
  });

  it("are reported as a failure when they throw", async () => {
    const error = await failureWith(throwing);
    assertSilent(error);
    assert.match(error.message, /error\[MW0901\]: checking values of which some are secret failed/);
  });
});
