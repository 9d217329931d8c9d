/**
 * The route `feed` of examples/policies: answers of a type, from a length on, are compressed for clients that take it.
 */
import assert from "node:assert/strict";
import type { Answer } from "../../lab/data-plane/app/messages.js";

/** Declares a suite; `ask` sends a request with an `accept-encoding`, or with none. */
export function describeCompression(ask: (target: string, accepted?: string) => Promise<Answer>): void {
  const encodingOf = async (target: string, accepted?: string): Promise<string> => {
    const { status, headers, echo } = await ask(target, accepted);
    assert.equal(status, 200);
    // what is compressed is no text
    assert.equal(echo === undefined, headers["content-encoding"] !== undefined);
    return headers["content-encoding"] ?? "none";
  };

  describe("a CompressionPolicy", () => {
    it("compresses as the client takes it, preferring its first algorithm", async () => {
      assert.equal(await encodingOf("/feed", "gzip"), "gzip");
      assert.equal(await encodingOf("/feed", "br"), "br");
      assert.equal(await encodingOf("/feed", "gzip, br"), "br");
      assert.equal(await encodingOf("/feed", "gzip;q=1, br;q=0.5"), "gzip");
    });

    it("leaves answers as they are for clients that take none of it", async () => {
      assert.equal(await encodingOf("/feed"), "none");
      assert.equal(await encodingOf("/feed", "zstd"), "none");
    });

    it("leaves other routes as they are", async () => {
      assert.equal(await encodingOf("/rest", "gzip, br"), "none");
    });
  });
}
