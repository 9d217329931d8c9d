/** Admission policies accept the same formats as previews. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPatterns, problemsOfFormat } from "../../../sdk/nodejs/src/model/envoy-format.js";
import { GRAMMARS } from "../../refusals/support/texts.js";

describe("patterns of formats", () => {
  const { takes, never } = formatPatterns();
  const [taken, refused] = [new RegExp(takes), new RegExp(never)];

  it("use nothing that RE2 lacks", () => {
    for (const pattern of [takes, never]) assert.doesNotMatch(pattern, /\(\?[=!<]|\\[1-9]/);
  });

  it("accept what previews accept, and reject what they reject", () => {
    let [some, others] = [0, 0];
    fc.assert(
      fc.property(GRAMMARS.headerValue, (value) => {
        const isTaken = problemsOfFormat(value).length === 0;
        if (isTaken) some += 1;
        else others += 1;
        assert.equal(!value.includes("%") || (taken.test(value) && !refused.test(value)), isTaken, value);
      }),
      { numRuns: 5000 },
    );
    assert.ok(some > 500 && others > 500, `${some} taken, ${others} refused`);
  });
});
