/**
 * The table `partners` of examples/policies: tokens with keys from an issuer in the fleet, and a rate limit per partner
 * named in the token.
 */
import assert from "node:assert/strict";
import type { Routes } from "../../../sdk/nodejs/src/testing.js";
import type { Answer, Behaviour } from "../../lab/data-plane/app/messages.js";
import type { PodSpec } from "../../lab/data-plane/pods.js";
import { poll } from "../../lab/processes/poll.js";
import { jwk, newSigningKey, type SigningKey, signToken } from "../../support/tokens.js";
import { assertPredicted, headerOf } from "./prediction.js";
import { waitForAnswer } from "./requests.js";
import type { Setting } from "./setting.js";

/** Pods of the issuer. */
export const ISSUER_PODS: readonly (readonly [cluster: string, spec: PodSpec])[] = [
  ["east", { name: "issuer", namespace: "shop", labels: { app: "issuer" }, httpPorts: [8080] }],
];

/** Behavior of an issuer that publishes these keys for partners and resellers. */
function publishing(partners: SigningKey, resellers: SigningKey): Behaviour {
  const keySet = (key: SigningKey): string => JSON.stringify({ keys: [jwk(key)] });
  return { status: 200, bodies: { "/partners/keys": keySet(partners), "/resellers/keys": keySet(resellers) } };
}

/** Declares suites. */
export function describeKeysOfAnIssuer(setting: () => Setting, routes: () => Routes): void {
  const partner = newSigningKey("first");
  const reseller = newSigningKey("first");
  const issuer = () => setting().pod("east", "issuer").app;
  const at = (target: string) => `http://partners.example.com${target}`;
  const options = (token: string | undefined, cluster = "east") => ({
    connectTo: setting().dataPlane.ingressAddress(cluster),
    ...(token !== undefined && { headers: [["authorization", `Bearer ${token}`]] as const }),
  });
  const send = (target: string, token?: string, cluster = "east"): Promise<Answer> =>
    setting().dataPlane.world.get(at(target), options(token, cluster));
  const waitFor = (wanted: string, token: string, cluster = "east"): Promise<Answer> =>
    waitForAnswer(
      setting().dataPlane.world,
      at("/catalog"),
      (answer) => shown(answer) === wanted,
      options(token, cluster),
    );
  const ofPartner = (claims: object = {}, key = partner): string =>
    signToken({ iss: "https://partners.example.com", sub: "acme", ...claims }, key);
  const ofReseller = (claims: object = {}, key = reseller): string =>
    signToken({ iss: "https://resellers.example.com", sub: "shopco", ...claims }, key);
  const shown = ({ status, body, echo }: Answer): string => (echo === undefined ? `${status} ${body}` : `${status}`);

  describe("a JWTPolicy with keys of a server", () => {
    it("passes no token while there are no keys", async () => {
      await waitFor("401 Jwks remote fetch is failed", ofPartner());
      await waitFor("401 Jwks remote fetch is failed", ofReseller());
    });

    it("passes tokens signed with their issuer's keys", async () => {
      await issuer().behave(publishing(partner, reseller));
      for (const token of [ofPartner(), ofReseller()]) {
        const { echo } = await waitFor("200", token);
        assert.ok(echo);
        assert.equal(headerOf(echo, "authorization"), "");
      }
      const asked = (await issuer().seen()).map((each) => `${headerOf(each, "host")}${each.path}`);
      for (const url of ["issuer.global/partners/keys", "issuer.global/resellers/keys"]) assert.ok(asked.includes(url));
    });

    it("answers 401 to tokens with other signatures", async () => {
      const other = newSigningKey("first");
      assert.equal(shown(await send("/catalog", ofPartner({}, other))), "401 Jwt verification fails");
      assert.equal(shown(await send("/catalog", ofReseller({}, partner))), "401 Jwt verification fails");
      const unknown = "401 Jwks doesn't have key to match kid or alg from Jwt";
      assert.equal(shown(await send("/catalog", ofPartner({}, newSigningKey("other")))), unknown);
    });

    it("decides the rest as simulated", async () => {
      const before = Math.floor(Date.now() / 1000) - 600;
      for (const [wanted, token] of [
        ["200", ofPartner()],
        ["200", ofReseller()],
        ["401 Jwt is missing", undefined],
        ["401 Jwt is expired", ofPartner({ exp: before })],
        ["401 Jwt issuer is not configured", ofPartner({ iss: "https://evil.example.org" })],
      ] as const) {
        const answer = await send("/catalog", token);
        assert.equal(shown(answer), wanted);
        const { headers = [] } = options(token);
        assertPredicted(routes(), { cluster: "east", gateway: "web" }, { url: at("/catalog"), headers }, answer);
      }
    });

    it("gets keys from another network", async () => {
      await waitFor("200", ofPartner(), "west");
      await waitFor("200", ofReseller(), "west");
      assert.equal(
        shown(await send("/catalog", ofPartner({}, newSigningKey("first")), "west")),
        "401 Jwt verification fails",
      );
    });

    it("has no effect on routes outside its selector", async () => {
      const { status, echo } = await send("/rest", "x");
      assert.ok(echo);
      assert.deepEqual([status, headerOf(echo, "authorization")], [200, "Bearer x"]);
    });

    it("picks up new keys, and drops withdrawn ones", async () => {
      const next = newSigningKey("next");
      await issuer().behave(publishing(next, reseller));
      await waitFor("200", ofPartner({}, next));
      await waitFor("401 Jwks doesn't have key to match kid or alg from Jwt", ofPartner());
      await issuer().behave(publishing(partner, reseller));
      await waitFor("200", ofPartner());
    });
  });

  describe("a RateLimitPolicy with a rate for each partner that a token names", () => {
    const statuses = async (token: string, count: number): Promise<readonly number[]> => {
      const found: number[] = [];
      for (let sent = 0; sent < count; sent++) found.push((await send("/orders", token)).status);
      return found;
    };

    it("counts by the token's claim", async () => {
      assert.deepEqual(await statuses(ofPartner(), 4), [200, 200, 200, 429]);
      assert.deepEqual(await statuses(ofPartner({ sub: "other" }), 4), [200, 200, 200, 429]);
      assert.equal((await statuses(ofPartner({ jti: "of another day" }), 1))[0], 429);
    });

    it("counts no requests whose token lacks the claim, and none of other routes", async () => {
      assert.deepEqual([...new Set(await statuses(ofPartner({ sub: "" }), 6))], [200]);
      assert.equal(shown(await send("/catalog", ofPartner())), "200");
    });
  });

  describe("a JWTPolicy with keys of a server that fails", () => {
    it("answers 401 once the keys expire, unless they were fetched in advance", async () => {
      const asked = async (): Promise<number> =>
        (await issuer().seen()).filter(({ path }) => path === "/resellers/keys").length;
      const before = await asked();
      await issuer().behave({ status: 503 });
      await waitFor("401 Jwks remote fetch is failed", ofPartner());
      assert.equal(shown(await send("/catalog")), "401 Jwt is missing");
      // each gateway tries three times per second, so by now the keys are older than ten seconds
      const isLongAgo = async (): Promise<boolean> => (await asked()) > before + 2 * 3 * 11;
      assert.ok(await poll(isLongAgo, { timeoutMs: 60_000, everyMs: 200 }));
      assert.equal(shown(await send("/catalog", ofReseller())), "200");
      assert.equal(shown(await send("/catalog", ofReseller({}, partner))), "401 Jwt verification fails");
    });
  });
}
