import assert from "node:assert/strict";
import { joinPlans } from "../../../sdk/nodejs/src/cli/join-plans.js";
import { parseJson } from "../../../sdk/nodejs/src/cli/parse-json.js";
import { planModel } from "../../../sdk/nodejs/src/plan/build.js";
import { describeQuestion, describeSimulations, PLAIN } from "../../../sdk/nodejs/src/simulate/describe.js";
import { readQuestion } from "../../../sdk/nodejs/src/simulate/read-request.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { prepare } from "../../../sdk/nodejs/src/simulate/simulate.js";
import { modelOf } from "../../support/models.js";
import { shopArgs, tableArgs } from "../../support/shop.js";
import { answers, forwards } from "../simulate/ask.js";

describe("a request on the command line", () => {
  it("keeps the path as written", () => {
    assert.deepEqual(
      readQuestion("GET", "HTTPS://Shop.example.com:8443/a/../%41?x#frag", {
        header: ["X-User:  a:b "],
        from: "gateway:web",
        cluster: "east",
      }),
      {
        from: { cluster: "east", gateway: "web" },
        scheme: "https",
        host: "Shop.example.com:8443",
        path: "/a/../%41?x",
        method: "GET",
        headers: [["X-User", "a:b"]],
      },
    );
  });

  it("may go to an address other than its Host", () => {
    const request = readQuestion("GET", "https://lb.example.com", { header: ["Host: shop.example.com"] });
    assert.deepEqual(request, {
      from: {},
      scheme: "https",
      host: "shop.example.com",
      serverName: "lb.example.com",
      port: 443,
      path: "/",
      method: "GET",
      headers: [],
    });
  });

  it("is rejected with a reason", () => {
    assert.match(String(readQuestion("GET", "shop.example.com", {})), /is not a URL/);
    assert.match(String(readQuestion("GET", "https://a", { header: ["x"] })), /is not a header/);
    assert.match(String(readQuestion("GET", "https://a", { from: "pod:x" })), /is not a source of requests/);
  });

  it("is rejected in one line without terminal escapes", () => {
    const odd = "\u001b[31mG\nerror: x\u202e";
    for (const refused of [
      readQuestion(odd, "tcp://a:1", {}),
      readQuestion("GET", odd, {}),
      readQuestion("CONNECT", `tcp://${odd}`, {}),
      readQuestion("GET", "https://a", { header: [odd.replace(":", "")] }),
      readQuestion("GET", "https://a", { from: `pod:${odd}` }),
      readQuestion("GET", "https://a", { address: odd }),
    ]) {
      assert.equal(typeof refused, "string");
      // the printer writes what is left of these as escapes
      for (const raw of ["\n", "\u001b"]) assert.ok(!String(refused).includes(raw), String(refused));
    }
  });

  it("is repeated in visible characters, an odd method as a separate word", () => {
    const request: Request = { scheme: "https", host: "a\u0007", path: "/\u001b", headers: [["x\n", "b\r"]] };
    const shown = (method: string) => describeQuestion({ ...request, method });
    assert.equal(shown("GET"), "GET https://a\\u0007/\\u001b\n  x\\n: b\\r");
    assert.match(shown("G\u001b ET"), /^`G\\u001b ET` https:/);
    assert.match(shown("GET https://b"), /^`GET https:\/\/b` https:/);
  });
});

describe("the description of a result", () => {
  const http = [
    answers("health", { uri: { exact: "/healthz" }, method: "GET" }),
    forwards(
      "reviews",
      { uri: { prefix: "/reviews" }, headers: [{ name: "x-user", value: "a" }] },
      { pathRewrite: "/r" },
    ),
  ];
  const plan = planModel(modelOf(shopArgs({ routeTables: { shop: tableArgs({ http }) } })));
  const text = (request: Request): string => {
    const simulator = prepare(plan);
    const all = simulator.clustersFor(request).map((cluster) => simulator.simulate({ ...request, from: { cluster } }));
    return describeSimulations(request, all, PLAIN);
  };

  it("groups clusters with the same result", () => {
    const request: Request = {
      scheme: "https",
      host: "shop.example.com",
      path: "/reviews/1",
      headers: [["x-user", "a"]],
    };
    assert.equal(
      text(request),
      `GET https://shop.example.com/reviews/1
  x-user: a

  clusters  east, west
  gateway   gateways/web
  listener  HTTPS 443
  host      shop.example.com
  table     shop

  ✗ health   path is not /healthz
  ✓ reviews

  path /r/1
  100% reviews  reviews.global:80
       from east  pods app=reviews in shop, port 9080 (us-east-1)
                  west through 203.0.113.20:15443 (us-west-2)
       from west  pods app=reviews in shop, port 9080 (us-west-2)
                  east through 203.0.113.10:15443 (us-east-1)`,
    );
  });

  it("says why no route took the request", () => {
    assert.equal(
      text({ scheme: "https", host: "shop.example.com", path: "/x/../healthz", method: "POST" }),
      `POST https://shop.example.com/x/../healthz

  clusters  east, west
  gateway   gateways/web
  listener  HTTPS 443
  host      shop.example.com
  path      /healthz (normalized)
  table     shop

  ✗ health   method is POST, wanted GET
  ✗ reviews  path does not begin with /reviews

  404, no route takes the request`,
    );
  });
});

describe("plans of a program's resources", () => {
  it("combine into the plan of the whole", () => {
    const model = modelOf(shopArgs());
    const parts = (["Fleet", "VirtualGateway", "VirtualDestination", "ExternalService", "RouteTable"] as const).flatMap(
      (kind) => [...model[kind].keys()].map((name) => planModel(model, { kind, name })),
    );
    assert.deepEqual(joinPlans(parts), planModel(model));
  });
});

describe("parseJson", () => {
  it("reads JSON, and leaves anything else, and duplicate keys, to other parsers", () => {
    assert.deepEqual(parseJson(' {"a:b": ["\\":", {"c": 1}]}'), { value: { "a:b": ['":', { c: 1 }] } });
    for (const text of ['{"a":1,"a":2}', "a: 1", "{a: 1}", "[1,]", '"a"'])
      assert.equal(parseJson(text), undefined, text);
  });
});
