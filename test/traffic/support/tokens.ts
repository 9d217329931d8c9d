/** The table `accounts` of examples/policies: who may ask for what, by the token that a request carries. */
import assert from "node:assert/strict";
import type { Routes } from "../../../sdk/nodejs/src/testing.js";
import type { Answer, HttpCall } from "../../lab/data-plane/app/messages.js";
import { exampleToken } from "../../support/example-signer.js";
import { assertPredicted, headerOf } from "./prediction.js";
import type { Setting } from "./setting.js";

const ORIGIN = "https://www.example.com";
const EAST = { cluster: "east", gateway: "web" };

type Options = Pick<HttpCall, "method" | "headers" | "body">;

/** Declares a suite; each answer is held against the prediction of `routes`. */
export function describeTokens(setting: () => Setting, routes: () => Routes): void {
  const world = () => setting().dataPlane.world;
  const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });

  describe("a JWTPolicy", () => {
    const at = (target: string) => `http://accounts.example.com${target}`;
    const call = async (target: string, token?: string, options: Options = {}): Promise<Answer> => {
      const headers = [...(options.headers ?? []), ...(token === undefined ? [] : [bearer(token)])];
      const answer = await world().get(at(target), { ...door(), ...options, headers });
      assertPredicted(routes(), EAST, { url: at(target), ...options, headers }, answer);
      return answer;
    };
    const bearer = (token: string) => ["authorization", `Bearer ${token}`] as const;
    const shown = ({ status, body, echo }: Answer): string => (echo === undefined ? `${status} ${body}` : `${status}`);

    it("asks for a token that is valid", async () => {
      for (const [wanted, token] of [
        ["200", exampleToken()],
        ["401 Jwt is missing", undefined],
        [
          "401 Jwt verification fails",
          exampleToken().replace(/\.[^.]+\./, `${exampleToken({ sub: "eve" }).match(/\.[^.]+\./)}`),
        ],
        ["401 Jwt is expired", exampleToken({ exp: Math.floor(Date.now() / 1000) - 600 })],
        ["401 Jwt not yet valid", exampleToken({ nbf: Math.floor(Date.now() / 1000) + 600 })],
        ["401 Jwt issuer is not configured", exampleToken({ iss: "https://evil.example.org" })],
        ["403 Audiences in Jwt are not allowed", exampleToken({ aud: "shop" })],
      ] as const)
        assert.equal(shown(await call("/", token)), wanted);
    });

    it("asks for it whatever the route does", async () => {
      assert.equal(shown(await call("/terms")), "401 Jwt is missing");
      assert.equal(shown(await call("/terms", exampleToken())), "200 terms");
    });

    it("carries claims on, and takes away the token and what clients forge", async () => {
      const forged: Options = { headers: [["x-user", "root"]] };
      const { echo } = await call("/", exampleToken(), forged);
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-user"), headerOf(echo, "authorization")], ["ada", ""]);
      const guest = await call("/welcome", undefined, forged);
      assert.ok(guest.echo);
      assert.equal(headerOf(guest.echo, "x-user"), "");
    });

    it("looks for claims and scopes", async () => {
      const scope = "accounts:read accounts:write";
      for (const [wanted, claims] of [
        ["200", { role: "admin", scope }],
        ["200", { role: ["viewer", "support"], scope: ["accounts:write"] }],
        ["403 RBAC: access denied", { role: "viewer", scope }],
        ["403 RBAC: access denied", { scope }],
        ["403 RBAC: access denied", { role: "admin", scope: "accounts:read" }],
        ["403 RBAC: access denied", { role: "admin" }],
      ] as const)
        assert.equal(shown(await call("/change", exampleToken(claims))), wanted, JSON.stringify(claims));
      assert.equal(shown(await call("/change")), "401 Jwt is missing");
    });

    it("lets requests without a token pass where they may, and no others", async () => {
      assert.equal(shown(await call("/welcome")), "200");
      assert.equal(shown(await call("/welcome", exampleToken({ exp: 1 }))), "401 Jwt is expired");
    });

    it("leaves questions of browsers to the CORSPolicy, and answers no others without a token", async () => {
      const asks = (origin: string): Options => ({
        method: "OPTIONS",
        headers: [
          ["origin", origin],
          ["access-control-request-method", "GET"],
        ],
      });
      const { status, headers } = await call("/api", undefined, asks(ORIGIN));
      assert.deepEqual([status, headers["access-control-allow-origin"]], [200, ORIGIN]);
      assert.equal(shown(await call("/api", undefined, asks("https://evil.example.net"))), "401 Jwt is missing");
      assert.equal(shown(await call("/", undefined, asks(ORIGIN))), "401 Jwt is missing");
    });

    it("leaves routes of other tables as they are", async () => {
      const { status, echo } = await world().get("http://shop.example.com/rest", {
        ...door(),
        headers: [["authorization", "Bearer x"]],
      });
      assert.ok(echo);
      assert.deepEqual([status, headerOf(echo, "authorization")], [200, "Bearer x"]);
    });
  });
}
