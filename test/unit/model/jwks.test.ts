import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { bitsOf, exponentOf, parseJwks } from "../../../sdk/nodejs/src/model/jwks.js";

function usable(...keys: readonly object[]): readonly object[] {
  const parsed = parseJwks(JSON.stringify({ keys }));
  return "problem" in parsed ? [] : parsed.keys;
}

describe("key sets", () => {
  it("keep only what verifies JWTs", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const key = publicKey.export({ format: "jwk" });
    assert.deepEqual(usable({ ...key, use: "sig", kid: "a", x5c: ["..."] }, { kty: "oct", k: "aGk" }), [
      { ...key, kid: "a" },
      { kty: "oct", k: "aGk" },
    ]);
  });

  it("take the curve from the algorithm, with P-256 as the default", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-521" });
    const { crv, ...bare } = publicKey.export({ format: "jwk" });
    assert.deepEqual(usable({ ...bare, alg: "ES512" }), [{ ...bare, alg: "ES512", crv }]);
    assert.deepEqual(usable(bare), []);
  });

  it("accept the exponents and sizes that Envoy accepts", () => {
    const rsa = (bits: number) =>
      generateKeyPairSync("rsa", { modulusLength: bits }).publicKey.export({ format: "jwk" });
    assert.equal(usable(rsa(1024)).length, 1);
    assert.equal(usable(rsa(512)).length, 0);
    for (const [e, count] of [
      ["Aw", 1],
      ["AAEAAQ", 1],
      ["BQ", 0],
    ] as const)
      assert.equal(usable({ ...rsa(1024), e }).length, count, e);
  });

  it("report the position of a private key", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const parsed = parseJwks(
      JSON.stringify({ keys: [{ kty: "oct", k: "aGk" }, privateKey.export({ format: "jwk" })] }),
    );
    assert.deepEqual("privateKeys" in parsed && parsed.privateKeys, [1]);
  });

  it("ignore keys that aren't for verifying", () => {
    const key = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    assert.equal(usable({ ...key, use: "sig" }, { ...key, key_ops: ["verify"] }).length, 2);
    for (const odd of [{ use: "enc" }, { use: 1 }, { key_ops: ["sign"] }, { key_ops: "verify" }, { alg: "none" }])
      assert.deepEqual(usable({ ...key, ...odd }), [], JSON.stringify(odd));
  });

  it("leave out texts that Envoy can't read, which takes the whole set for broken or a key for none", () => {
    const key = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ format: "jwk" });
    assert.deepEqual(usable({ ...key, kid: "\ud800" }, { ...key, kid: "a\udc00b" }), []);
    assert.deepEqual(usable({ ...rsa, e: "AQABA" }, { kty: "oct", k: "aGkaG" }), []);
    assert.equal(usable({ ...key, kid: "\u{1f600}" }, { ...rsa, e: "AQAB" }, { kty: "oct", k: "aGkaGk" }).length, 3);
  });

  it("report any part of a private key, of any type", () => {
    for (const part of ["d", "p", "q", "dp", "dq", "qi", "oth"]) {
      const parsed = parseJwks(JSON.stringify({ keys: [{ kty: "RSA", [part]: "AQAB" }, { [part]: "AQAB" }] }));
      assert.deepEqual("privateKeys" in parsed && parsed.privateKeys, [0, 1], part);
    }
  });

  it("count bits, and know the position of each key", () => {
    const parsed = parseJwks(JSON.stringify({ keys: [{}, { kty: "oct", k: "AAAA" }] }));
    assert.deepEqual("places" in parsed && [parsed.places, parsed.keys.map(bitsOf)], [[1], [24]]);
    assert.equal(bitsOf({ kty: "RSA", n: "AAEB" }), 9);
    assert.equal(exponentOf({ kty: "RSA", e: "AAEAAQ" }), 65537);
  });
});
