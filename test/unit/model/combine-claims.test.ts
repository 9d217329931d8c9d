import assert from "node:assert/strict";
import type { ClaimMatcher } from "../../../sdk/nodejs/src/model/claim-match.js";
import { combineMatchers } from "../../../sdk/nodejs/src/model/combine-matchers.js";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";

function combined(parent: readonly ClaimMatcher[], child: readonly ClaimMatcher[]) {
  const matcher = (claims: readonly ClaimMatcher[]) => ({ headers: [], queryParameters: [], claims });
  const { conflict, matcher: both, undecided } = combineMatchers(matcher(parent), matcher(child));
  return conflict?.kind ?? { claims: both.claims, undecided };
}

const tier = (...values: string[]): ClaimMatcher => ({ key: "tier", values });

describe("claims of delegating routes and of routes below them", () => {
  it("add up", () => {
    const plan: ClaimMatcher = { key: "org/plan", nestedClaimDelimiter: "/", values: ["pro"] };
    assert.deepEqual(combined([tier("gold")], [plan]), { claims: [tier("gold"), plan], undecided: [] });
  });

  it("of one claim are the narrower one", () => {
    const cases: readonly (readonly [string[], string[], string[]])[] = [
      [["gold"], ["gold"], ["gold"]],
      [["gold", "silver"], ["gold"], ["gold"]],
      [["gold"], ["silver", "gold"], ["gold"]],
    ];
    for (const [parent, child, both] of cases)
      assert.deepEqual(combined([tier(...parent)], [tier(...child)]), { claims: [tier(...both)], undecided: [] });
  });

  it("can't be expressed where neither is narrower: a list may meet both", () => {
    assert.equal(combined([tier("gold")], [tier("silver")]), "inexpressible");
    assert.equal(combined([tier("gold", "silver")], [tier("silver", "bronze")]), "inexpressible");
  });

  it("wait for values that are not known", () => {
    assert.deepEqual(combined([tier(deferredOf([7]))], [tier("gold")]), { claims: [tier("gold")], undecided: [7] });
  });
});
