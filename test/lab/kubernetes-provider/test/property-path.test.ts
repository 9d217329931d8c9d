import assert from "node:assert/strict";
import { formatPath, isWithin, parsePath } from "../src/property-path";

describe("property paths", () => {
  const written: [(string | number)[], string][] = [
    [["spec", "http", 0, "route", 1, "weight"], "spec.http[0].route[1].weight"],
    [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
    [["data", 'a"b'], 'data["a\\"b"]'],
    [["data", "a[0]"], 'data["a[0]"]'],
    [["a.b"], '["a.b"]'],
  ];
  for (const [path, text] of written) {
    it(`writes and reads ${text}`, () => {
      assert.equal(formatPath(path), text);
      assert.deepEqual(parsePath(text), path);
    });
  }

  it("matches any step with *", () => {
    assert.ok(isWithin(["spec", "http", 3, "timeout"], parsePath("spec.http[*].timeout")));
    assert.ok(isWithin(["spec", "http", 3], parsePath("spec")));
    assert.ok(!isWithin(["spec"], parsePath("spec.http")));
  });
});
