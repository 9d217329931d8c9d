/**
 * The route `feed` of examples/policies: answers of a content type and a minimum length are compressed for clients that
 * accept it.
 */
import assert from "node:assert/strict";
import type { Answer } from "../../lab/data-plane/app/messages.js";

/** Declares a suite; `ask` sends a request with or without an `accept-encoding`. */
export function describeCompression(ask: (target: string, accepted?: string) => Promise<Answer>): void {
  const encodingOf = async (target: string, accepted?: string): Promise<string> => {
    const { status, headers, echo } = await ask(target, accepted);
    assert.equal(status, 200);
    // a compressed body is not text
    assert.equal(echo === undefined, headers["content-encoding"] !== undefined);
    return headers["content-encoding"] ?? "none";
  };

  describe("a CompressionPolicy", () => {
    it("compresses with an algorithm that the client accepts, preferring its own first one", async () => {
      assert.equal(await encodingOf("/feed", "gzip"), "gzip");
      assert.equal(await encodingOf("/feed", "br"), "br");
      assert.equal(await encodingOf("/feed", "gzip, br"), "br");
      assert.equal(await encodingOf("/feed", "gzip;q=1, br;q=0.5"), "gzip");
    });

    it("leaves answers uncompressed for clients that accept none", async () => {
      assert.equal(await encodingOf("/feed"), "none");
      assert.equal(await encodingOf("/feed", "zstd"), "none");
    });

    it("has no effect on other routes", async () => {
      assert.equal(await encodingOf("/rest", "gzip, br"), "none");
    });
  });
}
