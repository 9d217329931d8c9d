import assert from "node:assert/strict";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { tableArgs } from "../../support/shop.js";
import { jwk, type SigningKey, signToken } from "../../support/tokens.js";
import { ask, forwards, plainGateway, planOf, request } from "./ask.js";

type Header = readonly [string, string];

function planFor(policy: object) {
  return planOf({
    virtualGateways: { web: plainGateway },
    routeTables: { shop: tableArgs({ http: [forwards("only", { uri: { prefix: "/" } })], policies: ["shape"] }) },
    transformationPolicies: { shape: policy },
  });
}

/** Returns the headers that a request gets from these templates. */
function changes(request: object, ...headers: readonly Header[]): Decision & { readonly changedHeaders?: unknown } {
  return ask(planFor({ request }), "/a?b=c", { headers }).decision;
}

describe("simulated templates", () => {
  it("are filled with headers, the first of several", () => {
    const headers = {
      "X-New": 'to {{ header("X-A") }} {{ request_header(":path") }} 100%',
      "x-none": '{{ header("x-b") }}',
    };
    assert.deepEqual(changes({ headers }, ["x-a", "1"], ["x-a", "2"]).changedHeaders, {
      "x-new": ["to 1 /a?b=c 100%"],
    });
  });

  it("replace existing headers, unless the result is empty", () => {
    const headers = { "x-a": "new", "x-b": '{{ header("x-missing") }}' };
    assert.deepEqual(changes({ headers }, ["x-a", "old"], ["x-b", "old"]).changedHeaders, { "x-a": ["new"] });
  });

  it("are filled with groups of expressions that match the whole value", () => {
    const extract = (regex: string, subgroup: number, value: string) =>
      changes({ extractors: { part: { header: "X-Email", regex, subgroup } }, headers: { "x-part": "<{{ part }}>" } }, [
        "x-email",
        value,
      ]).changedHeaders;
    for (const [regex, subgroup, value, part] of [
      [".*@(.*)", 1, "a@b.c", "b.c"],
      [".*@(.*)", 0, "a@b.c", "a@b.c"],
      ["@(.*)", 1, "a@b.c", ""],
      ["(a)|(b)", 2, "b", "b"],
      ["(a)|(b)", 1, "b", ""],
      ["a|ab", 0, "ab", "ab"],
    ] as const)
      assert.deepEqual(extract(regex, subgroup, value), { "x-part": [`<${part}>`] }, `${regex} ${subgroup} ${value}`);
  });

  it("for bodies change nothing if there is none", () => {
    assert.equal(
      changes({ headers: { "x-a": "by {{ body.a }}" }, body: { json: { a: "b" } } }).changedHeaders,
      undefined,
    );
  });

  it("see the claims of a verified JWT", () => {
    const secret: SigningKey = { kind: "oct", secret: Buffer.from("hush") };
    const login = {
      local: { inline: JSON.stringify({ keys: [jwk(secret)] }) },
      claimsToHeaders: [{ claim: "sub", header: "x-user" }],
    };
    const plan = planOf({
      virtualGateways: { web: plainGateway },
      routeTables: {
        shop: tableArgs({ http: [forwards("only", { uri: { prefix: "/" } })], policies: ["shape", "login"] }),
      },
      transformationPolicies: { shape: { request: { headers: { "x-b": 'by {{ header("x-user") }}' } } } },
      jwtPolicies: { login: { providers: { login } } },
    });
    const headers: readonly Header[] = [["authorization", `Bearer ${signToken({ sub: "ada" }, secret)}`]];
    const { decision } = ask(plan, "/", { headers });
    assert.deepEqual(decision.kind === "forward" && decision.changedHeaders, {
      "x-user": ["ada"],
      authorization: [],
      "x-b": ["by ada"],
    });
  });

  it("are described as they are written", () => {
    const policy = {
      request: { headers: { "x-a": '{{ header("b") }}' }, body: { json: { c: "d", e: "f" } } },
      response: { body: { json: { g: "h" }, action: "REPLACE" } },
    };
    const text = describeSimulations(request("/"), [ask(planFor(policy), "/")]);
    const line =
      'TransformationPolicy shape of the table: request x-a: {{ header("b") }}; request with c, e in its JSON ' +
      "body; response with nothing but g in its JSON body";
    assert.ok(text.includes(`\n  ${line}\n`), text);
  });
});
