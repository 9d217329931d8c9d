import assert from "node:assert/strict";
import { memoize, memoizeBy } from "../../../sdk/nodejs/src/memo/memo.js";

describe("memoize", () => {
  it("makes one result for each object", () => {
    const made: string[] = [];
    const lengthOf = memoize(({ text }: { readonly text: string }) => made.push(text));
    const [first, second] = [{ text: "a" }, { text: "a" }];
    assert.deepEqual([lengthOf(first), lengthOf(second), lengthOf(first), lengthOf(second)], [1, 2, 1, 2]);
    assert.deepEqual(made, ["a", "a"]);
  });

  it("hands further arguments over, and remembers the first result whatever they are", () => {
    const joined = memoize((object: { readonly text: string }, more: string) => object.text + more);
    const object = { text: "a" };
    assert.deepEqual([joined(object, "b"), joined(object, "c"), joined({ text: "a" }, "c")], ["ab", "ab", "ac"]);
  });

  it("remembers results that are falsy, and none while `make` throws", () => {
    let calls = 0;
    const zero = memoize((_object: object) => {
      calls += 1;
      if (calls === 1) throw new Error("not yet");
      return 0;
    });
    const object = {};
    assert.throws(() => zero(object), /not yet/);
    assert.deepEqual([zero(object), zero(object), calls], [0, 0, 2]);
  });
});

describe("memoizeBy", () => {
  it("makes one result for each object and key", () => {
    let calls = 0;
    const make = memoizeBy(
      (_object: object, _name: string, _more: number) => {
        calls += 1;
        return calls;
      },
      (_object, name) => name.toLowerCase(),
    );
    const [first, second] = [{}, {}];
    const found = [make(first, "a", 1), make(first, "A", 2), make(first, "b", 1), make(second, "a", 1)];
    assert.deepEqual(found, [1, 1, 2, 3]);
  });

  it("takes undefined as a key", () => {
    const made: (string | undefined)[] = [];
    const make = memoizeBy(
      (_object: object, name: string | undefined) => made.push(name),
      (_object, name) => name,
    );
    const object = {};
    assert.deepEqual([make(object, undefined), make(object, undefined), make(object, "a")], [1, 1, 2]);
  });

  it("lets `make` ask for other keys of the same object", () => {
    const sum: (object: object, upTo: number) => number = memoizeBy(
      (object: object, upTo: number): number => (upTo === 0 ? 0 : upTo + sum(object, upTo - 1)),
      (_object, upTo) => upTo,
    );
    assert.equal(sum({}, 100), 5050);
  });
});
