import assert from "node:assert/strict";
import { areDisjoint } from "../../../sdk/nodejs/src/check/coverage/disjoint.js";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import type { Matcher, UriMatch } from "../../../sdk/nodejs/src/model/match.js";

function path(kind: UriMatch["kind"], value: string, rest: Partial<Matcher> = {}): Matcher {
  return { uri: { kind, value, ignoreCase: false }, headers: [], queryParameters: [], ...rest };
}

describe("check: disjoint matchers", () => {
  it("have paths, methods or ports apart", () => {
    const cases: readonly (readonly [Matcher, Matcher])[] = [
      [path("exact", "/a"), path("exact", "/b")],
      [path("exact", "/a"), path("prefix", "/a/")],
      [path("prefix", "/a"), path("prefix", "/b")],
      [path("regex", "/a/[0-9]+"), path("prefix", "/b")],
      [path("prefix", "/", { method: "GET" }), path("prefix", "/", { method: "POST" })],
      [path("prefix", "/", { port: 80 }), path("prefix", "/", { port: 443 })],
    ];
    for (const [one, other] of cases) {
      assert.ok(areDisjoint(one, other), JSON.stringify([one, other]));
      assert.ok(areDisjoint(other, one), JSON.stringify([other, one]));
    }
  });

  it("are only those that certainly are", () => {
    const header = (value: string): Partial<Matcher> => ({
      headers: [{ name: "x", match: { kind: "exact", value }, invert: false }],
    });
    const cases: readonly (readonly [Matcher, Matcher])[] = [
      [path("exact", "/a/b"), path("prefix", "/a")],
      [path("prefix", "/a"), path("prefix", "/a/b")],
      [path("regex", "/a/.+"), path("regex", "/.+/b")],
      [path("regex", "/a|/b"), path("exact", "/b")],
      [path("exact", "/A"), { ...path("exact", "/a"), uri: { kind: "exact", value: "/a", ignoreCase: true } }],
      [path("exact", deferredOf([1])), path("exact", "/b")],
      [path("prefix", "/", { port: deferredOf([1]) }), path("prefix", "/", { port: 80 })],
      // a header may have both values
      [path("prefix", "/", header("a")), path("prefix", "/", header("b"))],
    ];
    for (const [one, other] of cases) {
      assert.ok(!areDisjoint(one, other), JSON.stringify([one, other]));
      assert.ok(!areDisjoint(other, one), JSON.stringify([other, one]));
    }
  });
});
