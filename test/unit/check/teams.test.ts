/** What a team touches decides, not what it declares: all known ways to touch what another team owns. */
import assert from "node:assert/strict";
import { checkModel } from "../../../sdk/nodejs/src/check/check.js";
import { compile } from "../../../sdk/nodejs/src/compile.js";
import type { Diagnostic } from "../../../sdk/nodejs/src/diagnostics/diagnostic.js";
import { formatPath } from "../../../sdk/nodejs/src/diagnostics/format.js";
import { type ModelArgs, modelOf } from "../../support/models.js";
import { ACCEPTED } from "../../support/teams/accepted.js";
import { ATTEMPTS } from "../../support/teams/attempts.js";
import { FURTHER_ACCEPTED } from "../../support/teams/further-accepted.js";
import { external, LAB, together } from "../../support/teams/lab.js";
import { checkOneByOne, inProgramOrder, resourcesOf } from "../../support/teams/program-order.js";

function errorsOf(findings: readonly Diagnostic[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .map(({ code, subject, path }) => `${code} ${subject.kind}/${subject.name} ${formatPath(path)}`);
}

function errorsIn(args: ModelArgs): readonly string[] {
  return errorsOf(checkModel(modelOf(args)));
}

describe("check: teams", () => {
  it("finds nothing if teams keep to their own", () => {
    assert.deepEqual(errorsIn(LAB), []);
  });

  for (const { kind, what, adds, finds } of ATTEMPTS) {
    it(`${kind}: ${what}`, () => {
      assert.deepEqual(errorsIn(together(LAB, adds)), finds);
    });
  }

  for (const { what, adds } of [...ACCEPTED, ...FURTHER_ACCEPTED]) {
    it(`accepts ${what}`, () => {
      const model = together(LAB, adds);
      assert.deepEqual(errorsIn(model), []);
      const { objects } = compile(modelOf(model));
      assert.ok(objects.some(({ maker }) => maker.name === "intruder" || maker.kind === "RouteTable"));
      assert.deepEqual(errorsOf(checkOneByOne(inProgramOrder(resourcesOf(model).toReversed()))), []);
    });
  }

  for (const [what, fields, code] of [
    ["private addresses", { addresses: ["10.0.0.0/8"] }, "MW0634 ExternalService/intruder addresses[0]"],
    ["a wildcard", { hosts: ["*.corp.example"] }, "MW0641 ExternalService/intruder "],
  ] as const)
    it(`accepts ${what} of another team if the settings of both allow it, once they are declared`, () => {
      const theirs = { workspace: "of-books", namespace: "books", endpoints: [{ address: "192.0.2.9" }] };
      const model = together(LAB, external({ ...theirs, labels: { public: "yes" }, ...fields }));
      assert.deepEqual(errorsIn(model), []);
      assert.deepEqual(errorsOf(checkOneByOne(inProgramOrder(resourcesOf(model)))), []);
      // without the label it isn't exported, and without the settings the import is unknown
      assert.deepEqual(errorsIn(together(LAB, external({ ...theirs, ...fields, exportTo: ["shop"] }))).slice(0, 1), [
        code.startsWith("MW0641") ? `${code}exportTo[0]` : code,
      ]);
      assert.deepEqual(errorsOf(checkOneByOne(inProgramOrder(resourcesOf(model).toReversed()))), [code]);
    });

  it("the order of declaration changes no finding", () => {
    for (const { what, adds, finds } of ATTEMPTS) {
      const resources = resourcesOf(together(LAB, adds));
      for (const wanted of [resources, resources.toReversed()]) {
        const found = errorsOf(checkOneByOne(inProgramOrder(wanted)));
        // the order decides which of two workspaces reports the other
        if (!finds[0]?.startsWith("MW0606")) assert.deepEqual(found, finds, what);
      }
    }
  });

  it("without workspaces nothing is rejected", () => {
    const { workspaces, workspaceSettings, ...others } = LAB;
    assert.ok(workspaces && workspaceSettings);
    for (const { what, adds } of ATTEMPTS) {
      const { workspaces: _, workspaceSettings: __, ...rest } = adds;
      const bare = JSON.parse(JSON.stringify(together(others, rest), withoutWorkspace)) as ModelArgs;
      const found = errorsIn(bare).filter((each) => /^MW06[03]/.test(each));
      assert.deepEqual(found, [], what);
    }
  });
});

function withoutWorkspace(key: string, value: unknown): unknown {
  return key === "workspace" || key === "workspaces" ? undefined : value;
}
