/** The table `mail` of examples/policies: templates make headers and bodies of requests and answers. */
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

    it("makes headers of others, and of fields of the body", async () => {
      const { echo, headers } = await send("/send", json({ user: { name: "Ada" } }, email));
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headerOf(echo, "x-user")], ["example.org", "Ada"]);
      assert.equal(headers["x-answered"], "200 to example.org");
    });

    it("writes bodies of requests and answers anew", async () => {
      const { echo, body } = await send("/send", json({ user: { name: 'A "quoted" name' }, other: 1 }, email));
      assert.ok(echo);
      assert.deepEqual(JSON.parse(echo.body ?? ""), { name: 'A "quoted" name', from: "ada@example.org" });
      const { served, pod } = JSON.parse(body) as { readonly served?: string; readonly pod?: string };
      assert.equal(served, `${pod} for ada@example.org`);
    });

    it("leaves empty what an expression does not match, and bodies that are no JSON", async () => {
      const { echo, headers } = await send("/send", { headers: [["x-email", "nobody"]], method: "POST", body: "text" });
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headerOf(echo, "x-user")], ["", ""]);
      assert.equal(headers["x-answered"], "200 to");
    });

    it("changes the headers of what the gateway answers by itself", async () => {
      const { status, headers } = await send("/terms", { headers: [email] });
      assert.deepEqual([status, headers["x-answered"]], [200, "200 to example.org"]);
    });

    it("leaves other routes as they are", async () => {
      const { echo, headers, body } = await send("/rest", json({ user: { name: "Ada" } }, email));
      assert.ok(echo);
      assert.deepEqual([headerOf(echo, "x-organization"), headers["x-answered"]], ["", undefined]);
      assert.deepEqual([JSON.parse(echo.body ?? ""), body.includes("served")], [{ user: { name: "Ada" } }, false]);
    });
  });
}
