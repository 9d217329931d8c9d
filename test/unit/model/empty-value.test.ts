import assert from "node:assert/strict";
import { mayBeEmpty, readsItself } from "../../../sdk/nodejs/src/model/empty-value.js";

describe("header values that may be empty", () => {
  // as Envoy 1.40.0 wrote them into a plaintext request and its answer
  it("are those of operators that some requests have nothing for", () => {
    for (const value of ["%REQ(x-a)%", "%REQ(x-a?x-b)%", "%GRPC_STATUS%", "%TRACE_ID%%REQ(x-a)%", "%QUERY_PARAM(x)%"])
      assert.ok(mayBeEmpty(value, "request"), value);
  });

  it("are none with text, or with an operator that always has a value", () => {
    for (const value of ["1", "%%", "a%REQ(x-a)%", "%REQ(x-a?:path)%", "%PROTOCOL%%REQ(x-a)%", "%START_TIME(%s)%"])
      assert.ok(!mayBeEmpty(value, "request"), value);
  });

  it("are not the same for requests, whose backend is not chosen yet", () => {
    assert.ok(mayBeEmpty("%UPSTREAM_HOST%", "request"));
    assert.ok(!mayBeEmpty("%UPSTREAM_HOST%", "response"));
  });

  it("may read the header itself", () => {
    assert.ok(readsItself("%REQ(x-b?X-A)%", "x-a", "request"));
    assert.ok(!readsItself("%REQ(x-a)%", "x-a", "response"));
  });
});
