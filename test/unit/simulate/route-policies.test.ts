import assert from "node:assert/strict";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../../support/models.js";
import { gatewayArgs, tableArgs } from "../../support/shop.js";
import { ask, forwards, plainGateway, planOf, request } from "./ask.js";

/** Simulates a request to `/` of a table that lists these policies. */
function decide(policies: readonly string[], args: ModelArgs, overrides: Partial<Request> = {}): Decision {
  const http = [forwards("only", { uri: { prefix: "/" } })];
  const plan = planOf({
    virtualGateways: { web: plainGateway },
    routeTables: { shop: tableArgs({ http, policies }) },
    ...args,
  });
  return ask(plan, "/", overrides).decision;
}

function fault(abort: object): ModelArgs {
  return { faultInjectionPolicies: { fault: { abort: { httpStatus: 503, ...abort } } } };
}

const corsPolicies = {
  cors: { allowOrigins: [{ exact: "https://a.test" }, { regex: "https://b[0-9]\\.test" }], maxAge: "1m" },
};

function asking(origin: string, wanted = "GET"): Partial<Request> {
  return {
    method: "OPTIONS",
    headers: [
      ["Origin", origin],
      ["access-control-request-method", wanted],
    ],
  };
}

describe("simulated policies of routes", () => {
  it("are reported with the decision, the most specific of each kind", () => {
    const args = {
      retryTimeoutPolicies: { table: { requestTimeout: "1s" }, gateway: { requestTimeout: "2s" } },
      headerManipulationPolicies: { edge: { setRequestHeaders: { "x-a": "1" } } },
      virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80 }], policies: ["edge", "gateway"] }) },
    };
    const decision = decide(["table"], args);
    assert.equal(decision.kind, "forward");
    const { RetryTimeoutPolicy: retries, HeaderManipulationPolicy: headers } = decision.policies ?? {};
    assert.deepEqual(retries, { name: "table", level: "table", value: { requestTimeout: "1s" } });
    assert.deepEqual([headers?.name, headers?.level], ["edge", "gateway"]);
  });

  it("respond only if a fault hits every request", () => {
    const answered = decide(["fault"], fault({}));
    assert.equal(answered.kind, "aborted");
    assert.deepEqual([answered.status, answered.body, answered.route], [503, "fault filter abort", "only"]);
    assert.equal(decide(["fault"], fault({}), { method: "HEAD" }).kind, "aborted");
    for (const percentage of [0, 99.9]) assert.equal(decide(["fault"], fault({ percentage })).kind, "forward");
  });

  it("respond to preflight requests of their origins, and to no others", () => {
    for (const origin of ["https://a.test", "https://b1.test"]) {
      const decision = decide(["cors"], { corsPolicies }, asking(origin));
      assert.equal(decision.kind, "preflight");
      assert.deepEqual(decision.headers, { "access-control-allow-origin": origin, "access-control-max-age": "60" });
    }
    for (const origin of ["https://A.test", "https://b11.test", ""])
      assert.equal(decide(["cors"], { corsPolicies }, asking(origin)).kind, "forward");
    assert.equal(decide(["cors"], { corsPolicies }, asking("https://a.test", "")).kind, "forward");
    assert.equal(decide(["cors"], { corsPolicies }, { ...asking("https://a.test"), method: "GET" }).kind, "forward");
  });

  it("inject a fault before the response to a preflight request", () => {
    const args = { corsPolicies, ...fault({ httpStatus: 500 }) };
    assert.equal(decide(["cors", "fault"], args, asking("https://a.test")).kind, "aborted");
  });

  describe("for CSRF", () => {
    const from = (header: string, value: string, method = "POST"): Partial<Request> => ({
      method,
      host: "shop.example.com",
      headers: [[header, value]],
    });
    const csrf = (policy: object, overrides: Partial<Request>) =>
      decide(["csrf"], { csrfPolicies: { csrf: policy } }, overrides);
    const foreign = from("origin", "https://evil.example.org");

    it("reject cross-site requests that change something", () => {
      const refused = csrf({}, foreign);
      assert.equal(refused.kind, "aborted");
      assert.deepEqual([refused.status, refused.body, refused.by], [403, "Invalid origin", "CSRFPolicy"]);
      for (const method of ["PUT", "PATCH", "DELETE"]) assert.equal(csrf({}, { ...foreign, method }).kind, "aborted");
      for (const method of ["GET", "HEAD", "OPTIONS", "post"])
        assert.equal(csrf({}, { ...foreign, method }).kind === "aborted", false, method);
    });

    it("compare host and port of Origin, else of Referer, with Host", () => {
      for (const [header, value, kind] of [
        ["origin", "https://shop.example.com", "forward"],
        ["origin", "https://user@shop.example.com/path?a", "forward"],
        ["referer", "https://shop.example.com/page", "forward"],
        ["origin", "shop.example.com", "forward"],
        ["origin", "https://shop.example.com:8443", "aborted"],
        ["origin", "https://shop.example.com:99999", "aborted"],
        ["origin", "https://SHOP.example.com", "aborted"],
        ["origin", "null", "aborted"],
        ["x-other", "1", "aborted"],
      ] as const)
        assert.equal(csrf({}, from(header, value)).kind, kind, `${header}: ${value}`);
    });

    it("accept additional origins, with expressions matching the whole text", () => {
      const additionalOrigins = [{ exact: "a.test:81" }, { prefix: "b." }, { regex: "c[0-9]\\.test" }];
      for (const origin of ["https://a.test:81", "http://b.other", "https://c1.test"])
        assert.equal(csrf({ additionalOrigins }, from("origin", origin)).kind, "forward", origin);
      for (const origin of ["https://a.test", "http://ab.other", "https://c1.test:80", "https://c11.test"])
        assert.equal(csrf({ additionalOrigins }, from("origin", origin)).kind, "aborted", origin);
    });

    it("treat `null` as no origin, whatever is allowed and whatever Referer says", () => {
      const policy = { additionalOrigins: [{ regex: ".*" }] };
      const both = {
        ...foreign,
        headers: [
          ["origin", "null"],
          ["referer", "https://shop.example.com/"],
        ],
      } as const;
      for (const asked of [from("origin", "null"), both]) assert.equal(csrf(policy, asked).kind, "aborted");
      for (const asked of [from("origin", "NULL"), from("referer", "null"), from("origin", "https://null")])
        assert.equal(csrf(policy, asked).kind, "forward", JSON.stringify(asked.headers));
    });

    it("reject nothing in shadow mode, or at a percentage below 100", () => {
      for (const policy of [{ shadowEnabled: true }, { percentage: 50 }, { percentage: 0 }])
        assert.equal(csrf(policy, foreign).kind, "forward");
    });

    it("come after faults, and before redirects and direct responses", () => {
      const args = { csrfPolicies: { csrf: {} }, ...fault({}) };
      const faulty = decide(["csrf", "fault"], args, foreign);
      assert.equal(faulty.kind === "aborted" && faulty.by, "FaultInjectionPolicy");
      for (const action of [{ redirect: { hostRedirect: "a.test" } }, { directResponse: { status: 200 } }]) {
        const plan = planOf({
          virtualGateways: { web: plainGateway },
          routeTables: { shop: tableArgs({ http: [{ name: "only", ...action }], policies: ["csrf"] }) },
          csrfPolicies: { csrf: {} },
        });
        assert.equal(ask(plan, "/", foreign).decision.kind, "aborted");
      }
    });
  });

  it("for sizes and rates are reported, whatever the route does", () => {
    const plan = planOf({
      virtualGateways: { web: plainGateway },
      routeTables: {
        shop: tableArgs({
          http: [{ name: "only", directResponse: { status: 200 } }],
          policies: ["size", "rate", "csrf"],
        }),
      },
      httpBufferPolicies: { size: { maxRequestBytes: 10 } },
      rateLimitPolicies: { rate: { local: { requestsPerUnit: 5, unit: "MINUTE", burst: 9 } } },
      csrfPolicies: { csrf: { shadowEnabled: true, additionalOrigins: [{ prefix: "a." }] } },
    });
    const text = describeSimulations(request("/"), [ask(plan, "/")]);
    for (const line of [
      "HTTPBufferPolicy size of the table: bodies of at most 10 bytes, else 413; upgrades are never answered",
      "RateLimitPolicy rate of the table: each proxy takes 5 requests a minute, 9 at once, else 429",
      "CSRFPolicy csrf of the table: of all requests, those that modify state and don't come from its own host or " +
        "prefix a. are counted",
    ])
      assert.ok(text.includes(`\n  ${line}\n`), `${line}\n\n${text}`);
  });

  it("that mirror requests change nothing, and are reported with the mirror's destination", () => {
    const args = {
      mirrorPolicies: {
        trial: {
          destination: { service: { name: "next", namespace: "shop", cluster: "east" }, port: 80 },
          percentage: 5,
        },
      },
    };
    const plan = planOf({
      virtualGateways: { web: plainGateway },
      routeTables: { shop: tableArgs({ http: [forwards("only", { uri: { prefix: "/" } })], policies: ["trial"] }) },
      ...args,
    });
    const simulation = ask(plan, "/");
    const { decision } = simulation;
    assert.equal(decision.kind, "forward");
    assert.equal(decision.targets.length, 1);
    const text = describeSimulations(request("/"), [simulation]);
    const line = "MirrorPolicy trial of the table: 5% of the requests are copied to next.shop.svc.cluster.local:80";
    assert.ok(text.includes(`\n  ${line}\n`), text);
  });

  it("that call servers are reported, with the decision about allowed requests", () => {
    const guard = { service: { name: "guard", namespace: "shop", cluster: "east" }, port: 9000 };
    const plan = planOf({
      virtualGateways: { web: plainGateway },
      routeTables: {
        shop: tableArgs({
          http: [
            forwards("only", { uri: { prefix: "/a" } }),
            {
              name: "terms",
              matchers: [{ uri: { prefix: "/terms" } }],
              directResponse: { status: 200, body: "terms" },
            },
            { ...forwards("open", { uri: { prefix: "/open" } }), policies: ["lenient"] },
          ],
          policies: ["asked", "counted"],
        }),
      },
      extAuthPolicies: {
        asked: { server: { destinationServer: guard } },
        lenient: { server: { destinationServer: guard, httpService: {}, failureModeAllow: true } },
      },
      rateLimitPolicies: {
        counted: {
          global: {
            serverSettings: { destinationServer: guard },
            domain: "shop",
            rateLimits: [{ actions: [{ remoteAddress: true }] }],
          },
        },
      },
    });
    const textFor = (path: string): string => describeSimulations(request(path), [ask(plan, path)]);
    const host = "guard.shop.svc.cluster.local:9000";
    const line = (text: string) => `\n  ${text}\n`;
    const asked = line(
      `ExtAuthPolicy asked of the table: asks ${host} first; requests that it allows continue as shown, and if it ` +
        `fails a request gets 403`,
    );
    const counted = line(
      `RateLimitPolicy counted of the table: asks ${host} whether domain shop allows it, else 429; if that fails ` +
        `a request passes`,
    );
    assert.equal(ask(plan, "/a").decision.kind, "forward");
    assert.ok(textFor("/a").includes(asked) && textFor("/a").includes(counted), textFor("/a"));
    // Envoy calls a rate-limit server only for requests that it forwards
    assert.equal(ask(plan, "/terms").decision.kind, "direct");
    assert.ok(textFor("/terms").includes(asked) && !textFor("/terms").includes("RateLimitPolicy"), textFor("/terms"));
    const over =
      `ExtAuthPolicy lenient: asks ${host} over HTTP first; requests that it allows continue as shown, ` +
      `and if it fails a request passes`;
    assert.ok(textFor("/open").includes(line(over)), textFor("/open"));
  });

  it("are described with their names and where they are listed", () => {
    const plan = planOf({
      virtualGateways: { web: { ...plainGateway, policies: ["edge"] } },
      routeTables: {
        shop: tableArgs({
          http: [{ ...forwards("only", { uri: { prefix: "/" } }), policies: ["fault"] }],
          policies: ["patience", "cors"],
        }),
      },
      corsPolicies,
      faultInjectionPolicies: { fault: { delay: { fixedDelay: "1s", percentage: 5 } } },
      headerManipulationPolicies: { edge: { removeRequestHeaders: ["x-a"], setResponseHeaders: { "x-b": "b" } } },
      retryTimeoutPolicies: { patience: { retries: { retryOn: "5xx" }, requestTimeout: "3s" } },
    });
    const text = describeSimulations(request("/"), [ask(plan, "/")]);
    for (const line of [
      "CORSPolicy cors of the table: pages of https://a.test, regex https://b[0-9]\\.test may use it",
      "FaultInjectionPolicy fault: 5% of the requests wait 1s",
      "HeaderManipulationPolicy edge of the gateway: request without x-a; response x-b: b",
      "RetryTimeoutPolicy patience of the table: up to 2 retries on 5xx, at most 3s in total",
    ])
      assert.ok(text.includes(`\n  ${line}\n`), `${line}\n\n${text}`);
  });
});
