/** YAML 1.1 and 1.2 parsers read written objects as intended. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";
import { toYaml } from "../../../sdk/nodejs/src/kube/yaml.js";
import { configureRuns } from "../../support/arbitraries/runs.js";

/** Builds an object with this text as a value and as a key. */
function withText(text: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Test",
    metadata: { name: "test", namespace: "test", labels: { [text]: text } },
    spec: { text, list: [text] },
  };
}

const LOOKALIKES = fc.constantFrom(
  ..."y n Y No YES on OFF true null ~ << = .. - 1 -1 +1 1.5 .5 1. 1e3 1e_3 ._0 -.5 1_000 010 0x1F 0X_1".split(" "),
  ..."0b1 0B_1 0o17 E0 ._e+1 .inf -.INF .nan".split(" "),
  ..."1:30 190:20:30.15 2026-11-24 2026-11-24T10:00:00Z 10.0.0.1 2001:db8::1 1.2.3 v1 a:b".split(" "),
  "2026-11-24 10:00:00",
  "a: b",
  "# a",
  " a",
  "a\nb",
  "",
);

describe("YAML", function () {
  configureRuns(this);

  it("means the same to 1.1 and 1.2 parsers", () => {
    fc.assert(
      fc.property(fc.oneof(LOOKALIKES, fc.stringMatching(/^[0-9A-Fa-fxoyn_.:+-]{1,6}$/), fc.string()), (text) => {
        // unlike others, this test's 1.1 parser reads a lone dot as a number
        fc.pre(!/^[-+]?_*\._*$/.test(text));
        for (const version of ["1.1", "1.2"] as const)
          assert.deepEqual(parse(toYaml([withText(text)]), { version }), withText(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("quotes numbers as Go reads them", () => {
    for (const text of ["0B_1", "1e_3", "0X1F", "0O17", "1_0.5", "2026-11-24"])
      assert.match(toYaml([withText(text)]), new RegExp(`text: "${text}"`));
    for (const text of ["10.0.0.1", "v1", ".", "east-1"])
      assert.ok(toYaml([withText(text)]).includes(`text: ${text}\n`));
  });
});
