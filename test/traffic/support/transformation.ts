/** The table `mail` of examples/policies: templates build headers and bodies of requests and answers. */
import assert from "node:assert/strict";
import type { HttpCall } from "../../lab/data-plane/app/messages.js";
import { headerOf } from "./prediction.js";
import type { Setting } from "./setting.js";

type Options = Pick<HttpCall, "method" | "headers" | "body">;

/** Declares a suite. */
export function describeTransformation(setting: () => Setting): void {
  const world = () => setting().dataPlane.world;
  const door = () => ({ connectTo: setting().dataPlane.ingressAddress("east") });

  describe("a TransformationPolicy", () => {
    const send = (target: string, options: Options = {}) =>
      world().get(`http://mail.example.com${target}`, { ...door(), ...options });
    const json = (content: object, ...headers: (readonly [string, string])[]): Options => ({
      method: "POST",
      headers: [["content-type", "application/json"], ...headers],
      body: JSON.stringify(content),
    });
    const email = ["x-email", "ada@example.org"] as const;

    it("builds headers from other headers and from fields of the body", async () => {
      const { echo, headers } = await send("/send", json({ user: { name: "Ada" } }, email));
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headerOf(echo, "x-user")], ["example.org", "Ada"]);
      assert.equal(headers["x-answered"], "200 to example.org");
    });

    it("rewrites bodies of requests and answers", async () => {
      const { echo, body } = await send("/send", json({ user: { name: 'A "quoted" name' }, other: 1 }, email));
      assert.ok(echo);
      assert.deepEqual(JSON.parse(echo.body ?? ""), { name: 'A "quoted" name', from: "ada@example.org" });
      const { served, pod } = JSON.parse(body) as { readonly served?: string; readonly pod?: string };
      assert.equal(served, `${pod} for ada@example.org`);
    });

    it("yields an empty text for expressions without a match, and for bodies that are not JSON", async () => {
      const { echo, headers } = await send("/send", { headers: [["x-email", "nobody"]], method: "POST", body: "text" });
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headerOf(echo, "x-user")], ["", ""]);
      assert.equal(headers["x-answered"], "200 to");
    });

    it("changes the headers of answers that the gateway sends directly", async () => {
      const { status, headers } = await send("/terms", { headers: [email] });
      assert.deepEqual([status, headers["x-answered"]], [200, "200 to example.org"]);
    });

    it("has no effect on other routes", async () => {
      const { echo, headers, body } = await send("/rest", json({ user: { name: "Ada" } }, email));
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headers["x-answered"]], ["", undefined]);
      assert.deepEqual([JSON.parse(echo.body ?? ""), body.includes("served")], [{ user: { name: "Ada" } }, false]);
    });
  });
}
