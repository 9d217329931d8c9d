/** Routes by claims on a real istiod and Envoy: no forged request reaches a route that a verified claim guards. */
import assert from "node:assert/strict";
import { answersTo } from "../differential/compare.js";
import { differences } from "../differential/rig/judge.js";
import { Rig } from "../differential/rig/rig.js";
import { emptyArgs } from "../support/arbitraries/model-args.js";
import { jwk, newSigningKey, type SigningKey, signToken } from "../support/tokens.js";

type Headers = readonly (readonly [string, string])[];

const own = newSigningKey("own");
/** A key with the same name that the issuer does not have. */
const forged = newSigningKey("own");
const partner = newSigningKey("partner");

const ISSUER = "https://login.test";
const PARTNER = "https://partner.test";

const provider = (issuer: string, key: SigningKey) => ({
  issuer,
  local: { inline: JSON.stringify({ keys: [jwk(key)] }) },
});

const answers = (text: string) => ({ directResponse: { status: 200, body: text } });

/** Gold, a plan inside of an object, and the rest; another table trusts another issuer. */
const args = (validationPolicy: string) => ({
  ...emptyArgs(),
  Fleet: { prod: { clusters: [{ name: "east", mesh: "NONE" }] } },
  VirtualGateway: {
    web: {
      fleet: "prod",
      namespace: "gateways",
      workloads: { labels: { istio: "ingressgateway" } },
      listeners: [{ port: 80 }],
    },
  },
  JWTPolicy: {
    users: {
      providers: {
        login: { ...provider(ISSUER, own), claimsToHeaders: [{ claim: "tier", header: "x-tier" }] },
      },
      validationPolicy,
    },
    partners: { providers: { partner: provider(PARTNER, partner) } },
  },
  RouteTable: {
    shop: {
      fleet: "prod",
      hosts: ["shop.test"],
      virtualGateways: ["web"],
      policies: ["JWTPolicy/users"],
      http: [
        { name: "gold", matchers: [{ claims: [{ key: "tier", values: ["gold", "a.b|c"] }] }], ...answers("gold") },
        {
          name: "pro",
          matchers: [
            {
              claims: [
                { key: "org/plan", values: ["pro"], nestedClaimDelimiter: "/" },
                { key: "scope", values: ["shop:read"] },
              ],
            },
          ],
          ...answers("pro"),
        },
        { name: "rest", ...answers("rest") },
      ],
    },
    partners: {
      fleet: "prod",
      hosts: ["partners.test"],
      virtualGateways: ["web"],
      policies: ["JWTPolicy/partners"],
      http: [
        { name: "gold", matchers: [{ claims: [{ key: "tier", values: ["gold"] }] }], ...answers("partner gold") },
        { name: "rest", ...answers("partner rest") },
      ],
    },
  },
});

const bearer = (token: string): Headers => [["authorization", `Bearer ${token}`]];
const said = (claims: object, key = own, header = {}): Headers =>
  bearer(signToken({ iss: ISSUER, ...claims }, key, header));
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const unsigned = (alg: string, signature: string): Headers =>
  bearer(`${part({ alg })}.${part({ iss: ISSUER, tier: "gold" })}.${signature}`);
const [head, , signature] = signToken({ iss: ISSUER, tier: "silver" }, own).split(".");

const GUARDED: Readonly<Record<string, readonly [Headers, string]>> = {
  "the claim": [said({ tier: "gold" }), "gold"],
  "a list with the claim": [said({ tier: ["silver", "gold"] }), "gold"],
  "a value with signs of expressions": [said({ tier: "a.b|c" }), "gold"],
  "a nested claim and a scope": [said({ org: { plan: "pro" }, scope: "x shop:read" }), "pro"],
  "the claim, and a forged header beside it": [[...said({ tier: "gold" }), ["x-tier", "none"]], "gold"],
};

/** Tokens that are valid and say something else. */
const OTHERS: Readonly<Record<string, Headers>> = {
  "another value": said({ tier: "silver" }),
  "no such claim": said({}),
  "a value in another case": said({ tier: "Gold" }),
  "a value that only an expression would match": said({ tier: "axb" }),
  "a number": said({ tier: 3 }),
  "the claim inside of another": said({ org: { tier: "gold" }, payload: { tier: "gold" } }),
  "a nested claim without the scope": said({ org: { plan: "pro" } }),
  "another value, and forged headers": [
    ...said({ tier: "silver" }),
    ["x-tier", "gold"],
    ["tier", "gold"],
    ["X-TIER", "gold"],
  ],
};

/** Tokens that are not valid. */
const FORGED: Readonly<Record<string, Headers>> = {
  "a key of somebody else": said({ tier: "gold" }, forged),
  "another issuer's token": bearer(signToken({ iss: PARTNER, tier: "gold" }, partner)),
  "another issuer's name, the own key": bearer(signToken({ iss: PARTNER, tier: "gold" }, own)),
  "the own issuer's name, another issuer's key": said({ tier: "gold" }, partner),
  "no signature": unsigned("none", ""),
  "no algorithm, and a signature": unsigned("none", "AAAA"),
  "an invented signature": unsigned("ES256", "A".repeat(86)),
  "the signature of another token": bearer(`${head}.${part({ iss: ISSUER, tier: "gold" })}.${signature}`),
  "an expired token": said({ tier: "gold", exp: 1_000_000_000 }),
  "a token of the future": said({ tier: "gold", nbf: 4_000_000_000 }),
  "a public key as a secret": said({ tier: "gold" }, { kind: "oct", secret: Buffer.from(JSON.stringify(jwk(own))) }),
};

/** Requests without a token. */
const BARE: Readonly<Record<string, Headers>> = {
  nothing: [],
  "forged headers": [
    ["x-tier", "gold"],
    ["tier", "gold"],
    ["scope", "shop:read"],
  ],
  "Istio's name for the claim as a header": [["request.auth.claims[tier]".replace(/[[\]]/g, "."), "gold"]],
};

describe("routes by claims", function () {
  this.timeout(20 * 60_000);
  let rig: Rig;

  before(async function () {
    // elsewhere 127.0.1.1 and its like are no addresses of the machine
    if (process.platform !== "linux") this.skip();
    rig = await Rig.start();
  });

  after(() => rig?.stop());

  for (const [mode, bare, invalid] of [
    ["REQUIRE_VALID", "401", "401"],
    ["ALLOW_MISSING", "rest", "401"],
    ["ALLOW_MISSING_OR_FAILED", "rest", "rest"],
  ] as const) {
    it(`by ${mode}, take a verified claim and nothing else`, async () => {
      const { simulator, problem } = await rig.load(args(mode));
      assert.equal(problem, undefined);
      const all = [
        ...Object.entries(GUARDED).map(([name, [headers, route]]) => ({ name, headers, wanted: route })),
        ...Object.entries(OTHERS).map(([name, headers]) => ({ name, headers, wanted: "rest" })),
        ...Object.entries(FORGED).map(([name, headers]) => ({ name, headers, wanted: invalid })),
        ...Object.entries(BARE).map(([name, headers]) => ({ name, headers, wanted: bare })),
      ];
      const requests = all.map(({ headers }) => ({
        from: { cluster: "east" },
        scheme: "http" as const,
        host: "shop.test",
        path: "/",
        headers,
      }));
      const found = await answersTo(rig, simulator, requests);
      const outcome = found.map(({ status, body }, index) => [all[index]?.name, status === 200 ? body : `${status}`]);
      assert.deepEqual(
        outcome,
        all.map(({ name, wanted }) => [name, wanted]),
      );
      requests.forEach((request, index) => {
        const { decision } = simulator.simulate(request);
        assert.deepEqual(differences(request, decision, found[index] ?? { status: 0 }), [], all[index]?.name);
      });
    });
  }

  it("of one issuer are nothing to the routes of another", async () => {
    const { simulator } = await rig.load(args("ALLOW_MISSING_OR_FAILED"));
    const gold = bearer(signToken({ iss: PARTNER, tier: "gold" }, partner));
    const requests = ["shop.test", "partners.test"].map((host) => ({
      from: { cluster: "east" },
      scheme: "http" as const,
      host,
      path: "/",
      headers: gold,
    }));
    const found = await answersTo(rig, simulator, requests);
    assert.deepEqual(
      found.map(({ body }) => body),
      ["rest", "partner gold"],
    );
  });
});
