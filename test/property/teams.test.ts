/** Touching what another team owns without consent or sharing is a finding, in any order of declaration. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { checkModel } from "../../sdk/nodejs/src/check/check.js";
import type { Diagnostic } from "../../sdk/nodejs/src/diagnostics/diagnostic.js";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";
import { modelOf } from "../support/models.js";
import { checkOneByOne, inProgramOrder, resourcesOf } from "../support/teams/program-order.js";
import { expectedOf, type Scene, sceneModel, scenes } from "../support/teams/scenes.js";

/** Errors about touching what another team owns, in short; other codes are irrelevant here. */
function reachesIn(findings: readonly Diagnostic[]): readonly string[] {
  const found = findings.filter(({ code, severity }) => severity === "error" && /^MW06(0[1-6]|3\d|4[0-7])$/.test(code));
  return [...new Set(found.map(({ code, subject }) => `${subject.kind}/${subject.name} ${code}`))].sort();
}

describe("property: teams", function () {
  configureRuns(this);

  it("touching what another team owns is reported, and nothing else", () => {
    fc.assert(
      fc.property(scenes, (scene: Scene) => {
        assert.deepEqual(reachesIn(checkModel(modelOf(sceneModel(scene)))), expectedOf(scene));
      }),
    );
  });

  it("in any order of declaration", () => {
    fc.assert(
      fc.property(scenes, fc.infiniteStream(fc.nat()), (scene, numbers) => {
        const resources = resourcesOf(sceneModel(scene)).map((each) => ({ each, at: numbers.next().value as number }));
        const shuffled = resources.toSorted((a, b) => a.at - b.at).map(({ each }) => each);
        assert.deepEqual(reachesIn(checkOneByOne(inProgramOrder(shuffled))), expectedOf(scene));
      }),
    );
  });

  it("callers see every host that their routes lead to", () => {
    let seen = 0;
    forCheckedModels(({ compiled }) => {
      for (const { object, cluster } of compiled.objects) {
        if (object.kind !== "VirtualService") continue;
        const { exportTo } = object.spec as unknown as Scoped;
        const callers = exportTo[0] === "." ? object.metadata.namespace : exportTo[0];
        const entries = compiled.objects
          .filter((each) => each.cluster === cluster && each.object.kind === "ServiceEntry")
          .map((each) => each.object);
        for (const host of hostsIn(object.spec)) {
          // a Service of another cluster has an entry for each namespace of callers
          const known = entries.filter(({ spec }) => (spec as unknown as Scoped).hosts.includes(host));
          if (known.length === 0) continue;
          seen += 1;
          assert.ok(
            known.some((each) => isSeen(each, callers)),
            `${host} from ${callers}`,
          );
        }
      }
    });
    assert.ok(seen > 0, "no route led to an entry");
  });
});

interface Scoped {
  readonly hosts: readonly string[];
  readonly exportTo: readonly string[];
}

function isSeen({ spec, metadata }: KubeObject, callers: string | undefined): boolean {
  const { exportTo } = spec as unknown as Scoped;
  const isOwn = exportTo.includes(".") && metadata.namespace === callers;
  return exportTo.includes("*") || exportTo.includes(callers ?? "") || isOwn;
}

/** Returns the hosts of destinations at any depth. */
function hostsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { host } = value as { host?: unknown };
  return [...(typeof host === "string" ? [host] : []), ...Object.values(value).flatMap(hostsIn)];
}
