import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { tableArgs } from "../../support/shop.js";
import { jwk, type SigningKey, signToken } from "../../support/tokens.js";
import { ask, forwards, plainGateway, planOf, request } from "./ask.js";

const secret: SigningKey = { kind: "oct", secret: Buffer.from("hush") };
const NOW = 2_000_000_000;

function keySet(...keys: readonly SigningKey[]): { readonly inline: string } {
  return { inline: JSON.stringify({ keys: keys.map(jwk) }) };
}

/** Simulates a request to a table with this policy. */
function decide(policy: object, ...headers: readonly (readonly [string, string])[]): Decision {
  return decideAt("/", policy, headers);
}

function decideAt(path: string, policy: object, headers: readonly (readonly [string, string])[] = []): Decision {
  return ask(planFor(policy), path, { headers, time: NOW }).decision;
}

function planFor(policy: object) {
  return planOf({
    virtualGateways: { web: plainGateway },
    routeTables: { shop: tableArgs({ http: [forwards("only", { uri: { prefix: "/" } })], policies: ["tokens"] }) },
    jwtPolicies: { tokens: { providers: { login: { local: keySet(secret) } }, ...policy } },
  });
}

/** Returns `forward`, or the status and the body. */
function outcomeOf(decision: Decision): string {
  return decision.kind === "aborted" ? `${decision.status} ${decision.body}` : decision.kind;
}

function bearer(claims: object, key = secret): readonly [string, string] {
  return ["authorization", `Bearer ${signToken(claims, key)}`];
}

function privateKey(...args: [string, object?]): KeyObject {
  return (generateKeyPairSync as (...of: unknown[]) => { privateKey: KeyObject })(...args).privateKey;
}

describe("simulated JWTs", () => {
  it("are verified with every algorithm", () => {
    const rsa = privateKey("rsa", { modulusLength: 2048 });
    const keys: SigningKey[] = [
      ...["RS256", "RS384", "RS512", "PS256", "PS512"].map((alg) => ({ kind: "key" as const, alg, key: rsa })),
      { kind: "key", alg: "ES256", key: privateKey("ec", { namedCurve: "P-256" }) },
      { kind: "key", alg: "ES384", key: privateKey("ec", { namedCurve: "P-384" }) },
      { kind: "key", alg: "ES512", key: privateKey("ec", { namedCurve: "P-521" }) },
      { kind: "key", alg: "EdDSA", key: privateKey("ed25519") },
      secret,
    ];
    for (const key of keys) {
      const policy = { providers: { login: { local: keySet(key) } } };
      assert.equal(outcomeOf(decide(policy, bearer({}, key))), "forward", JSON.stringify(jwk(key)));
      const forged = bearer({ sub: "eve" }, key)[1].replace(/[^.]+$/, bearer({}, key)[1].replace(/.*\./, ""));
      assert.equal(outcomeOf(decide(policy, ["authorization", forged])), "401 Jwt verification fails");
    }
  });

  it("get a 401 if they are missing or invalid, and a 403 for another audience", () => {
    const policy = { providers: { login: { issuer: "me", audiences: ["https://shop/"], local: keySet(secret) } } };
    const good = { iss: "me", aud: "shop" };
    for (const [wanted, claims] of [
      ["forward", good],
      ["forward", { ...good, aud: ["other", "http://shop"] }],
      ["401 Jwt issuer is not configured", { ...good, iss: "you" }],
      ["401 Jwt issuer is not configured", { aud: "shop" }],
      ["403 Audiences in Jwt are not allowed", { ...good, aud: "other" }],
      ["403 Audiences in Jwt are not allowed", { iss: "me" }],
      ["forward", { ...good, exp: NOW - 60 }],
      ["401 Jwt is expired", { ...good, exp: NOW - 61 }],
      ["401 Jwt not yet valid", { ...good, nbf: NOW + 61 }],
      ["401 Jwt payload [exp] field is not an integer", { ...good, exp: "1" }],
    ] as const)
      assert.equal(outcomeOf(decide(policy, bearer(claims))), wanted, JSON.stringify(claims));
    assert.equal(outcomeOf(decide(policy)), "401 Jwt is missing");
    assert.equal(outcomeOf(decide(policy, ["authorization", "bearer x"])), "401 Jwt is missing");
    const badForm = "401 Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";
    assert.equal(outcomeOf(decide(policy, ["authorization", "Bearer x"])), badForm);
  });

  it("leave responses to HEAD empty, and let no request pass", () => {
    const { decision } = ask(planFor({}), "/", { method: "HEAD" });
    assert.deepEqual([decision.kind, "body" in decision], ["aborted", false]);
  });

  it("that weren't sent are missing, whatever the keys", () => {
    const policy = { providers: { login: { local: { inline: deferredOf([1]) } } } };
    assert.equal(outcomeOf(decide(policy)), "401 Jwt is missing");
    assert.equal(outcomeOf(decide(policy, bearer({}))), "unanswered");
    assert.equal(outcomeOf(decide({ ...policy, validationPolicy: "ALLOW_MISSING" })), "forward");
  });

  it("with keys on a server count as signed if everything else matches", () => {
    const destinationRef = { service: { name: "keys", namespace: "shop", cluster: "east" }, port: 80 };
    const remote = { url: deferredOf([1]), destinationRef };
    const scopes = { requiredScopes: ["read"] };
    const policy = { providers: { login: { issuer: "me", audiences: ["shop"], remote } }, ...scopes };
    const good = { iss: "me", aud: "shop", scope: "read" };
    for (const [wanted, claims] of [
      ["forward", good],
      ["401 Jwt issuer is not configured", { ...good, iss: "you" }],
      ["401 Jwt is expired", { ...good, exp: 1 }],
      ["403 Audiences in Jwt are not allowed", { ...good, aud: "docs" }],
      ["403 RBAC: access denied", { ...good, scope: "write" }],
    ] as const)
      assert.equal(outcomeOf(decide(policy, bearer(claims))), wanted, JSON.stringify(claims));
    assert.equal(outcomeOf(decide(policy)), "401 Jwt is missing");
    assert.equal(
      outcomeOf(decide(policy, ["authorization", "Bearer e30.e30.e30"])),
      "401 Jwt header [alg] field is required and must be a string",
    );
    const text = describeSimulations(request("/"), [ask(planFor(policy), "/")]);
    const where =
      "keys come from keys.shop.svc.cluster.local:80 (login), and an otherwise valid token counts as signed here";
    assert.ok(text.includes(`of me for shop, with scope read, else 403; ${where}\n`), text);
  });

  it("that no local key has signed may be signed by a server's key", () => {
    const remote = {
      url: "https://login.example.com/keys",
      destinationRef: { service: { name: "keys", namespace: "shop", cluster: "east" }, port: 80 },
    };
    const policy = { providers: { local: { local: keySet(secret) }, server: { remote } } };
    const other: SigningKey = { kind: "oct", secret: Buffer.from("another") };
    assert.equal(outcomeOf(decide(policy, bearer({}, other))), "forward");
  });

  it("may be optional", () => {
    const allow = (validationPolicy: string, ...headers: readonly (readonly [string, string])[]) =>
      outcomeOf(decide({ validationPolicy }, ...headers));
    assert.equal(allow("ALLOW_MISSING"), "forward");
    assert.equal(allow("ALLOW_MISSING", bearer({ exp: 1 })), "401 Jwt is expired");
    assert.equal(allow("ALLOW_MISSING_OR_FAILED", bearer({ exp: 1 })), "forward");
  });

  it("are read from the policy's locations, and must all be valid", () => {
    const tokenSource = { headers: [{ name: "X-Token" }, { name: "x-token", prefix: "t=" }], queryParams: ["t"] };
    const policy = { providers: { login: { tokenSource, keepToken: true, local: keySet(secret) } } };
    const token = signToken({}, secret);
    assert.equal(outcomeOf(decide(policy, ["authorization", `Bearer ${token}`])), "401 Jwt is missing");
    assert.equal(outcomeOf(decide(policy, ["x-token", token])), "forward");
    assert.equal(outcomeOf(decideAt(`/?a=b&t=${token.replaceAll(".", "%2e")}`, policy)), "forward");
    assert.equal(
      outcomeOf(decideAt(`/?t=${token}`, policy, [["x-token", signToken({ exp: 1 }, secret)]])),
      "401 Jwt is expired",
    );
  });

  it("change headers: claims are added, the JWT and forged headers are removed", () => {
    const provider = {
      local: keySet(secret),
      claimsToHeaders: ["sub", "a.b", "n", "f", "yes", "list", "none"].map((claim) => ({
        claim,
        header: `X-${claim}`,
      })),
      outputPayloadToHeader: "x-payload",
    };
    const claims = { sub: "ada", a: { b: "c" }, n: 5, f: 1.5, yes: true, list: ["x"] };
    const decision = decide(
      { providers: { login: provider } },
      bearer(claims),
      ["x-none", "forged"],
      ["x-sub", "root"],
    );
    assert.equal(decision.kind, "forward");
    assert.deepEqual(decision.changedHeaders, {
      "x-none": [],
      "x-sub": ["ada"],
      "x-payload": [Buffer.from(JSON.stringify(claims)).toString("base64url")],
      "x-a.b": ["c"],
      "x-n": ["5"],
      "x-f": ["1.500000"],
      "x-yes": ["true"],
      "x-list": ["WyJ4Il0="],
      authorization: [],
    });
    const guest = decide({ providers: { login: provider }, validationPolicy: "ALLOW_MISSING" }, ["x-sub", "root"]);
    assert.deepEqual(guest.kind === "forward" && guest.changedHeaders, { "x-sub": [] });
  });

  it("get a 403 if they lack a claim or a scope", () => {
    const rule = (policy: object, claims: object) => outcomeOf(decide(policy, bearer(claims)));
    const refused = "403 RBAC: access denied";
    const values = { claims: [{ key: "role", values: ["admin", "5", "true"] }] };
    for (const role of ["admin", 5, true, "5", ["x", "admin"], [true]]) assert.equal(rule(values, { role }), "forward");
    for (const role of ["user", 6, false, [], [["admin"]], { admin: true }, null])
      assert.equal(rule(values, { role }), refused);
    assert.equal(rule(values, {}), refused);
    const not = { claims: [{ key: "role", notValues: ["guest"] }] };
    assert.deepEqual(
      [rule(not, {}), rule(not, { role: "guest" }), rule(not, { role: ["guest"] })],
      ["forward", refused, refused],
    );
    const nested = { claims: [{ key: "a/b", values: ["c"], nestedClaimDelimiter: "/" }] };
    assert.deepEqual([rule(nested, { a: { b: "c" } }), rule(nested, { "a/b": "c" })], ["forward", refused]);
    const scopes = { requiredScopes: ["read", "write"] };
    assert.deepEqual(
      [rule(scopes, { scope: "write x read" }), rule(scopes, { scope: ["read", "write"] })],
      ["forward", "forward"],
    );
    assert.deepEqual(
      [rule(scopes, { scope: "read" }), rule(scopes, { scope: "readwrite" }), rule(scopes, {})],
      [refused, refused, refused],
    );
  });

  it("of several providers are tried in order, and the last reason is reported", () => {
    const login = (issuer: string) => ({ issuer, local: keySet(secret) });
    const policy = { providers: { a: login("a"), b: { ...login("b"), audiences: ["x"] } } };
    assert.equal(outcomeOf(decide(policy, bearer({ iss: "a" }))), "forward");
    assert.equal(outcomeOf(decide(policy, bearer({ iss: "b", aud: "x" }))), "forward");
    assert.equal(outcomeOf(decide(policy, bearer({ iss: "b" }))), "403 Audiences in Jwt are not allowed");
    assert.equal(outcomeOf(decide(policy, bearer({ iss: "a", exp: 1 }))), "401 Jwt is expired");
    assert.equal(outcomeOf(decide(policy, bearer({ iss: "c" }))), "401 Jwt issuer is not configured");
    const elsewhere = {
      providers: { a: login("a"), b: { ...login("b"), tokenSource: { headers: [{ name: "x-token" }] } } },
    };
    assert.equal(outcomeOf(decide(elsewhere, bearer({ iss: "c" }))), "401 Jwt issuer is not configured");
  });

  it("are described with their issuer and required claims", () => {
    const policy = {
      providers: { login: { issuer: "https://login", audiences: ["a", "b"], local: keySet(secret) } },
      claims: [{ key: "role", values: ["x", "y"], notValues: ["z"] }],
      requiredScopes: ["read"],
    };
    const text = describeSimulations(request("/"), [ask(planFor(policy), "/")]);
    const line =
      "JWTPolicy tokens of the table: requests need a valid token, else 401, of https://login for a or b, " +
      "with role x or y, role not z, scope read, else 403";
    assert.ok(text.includes(`\n  ${line}\n`), text);
    assert.doesNotMatch(text, /aHVzaA/);
  });
});
