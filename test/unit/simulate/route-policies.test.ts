import assert from "node:assert/strict";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import type { ModelArgs } from "../../support/models.js";
import { gatewayArgs, tableArgs } from "../../support/shop.js";
import { ask, forwards, plainGateway, planOf, request } from "./ask.js";

/** What becomes of a request to `/` of a table that lists these policies. */
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
  it("are told with what becomes of the request, the nearest of each kind", () => {
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

  it("answer only where a fault hits every request", () => {
    const answered = decide(["fault"], fault({}));
    assert.equal(answered.kind, "aborted");
    assert.deepEqual([answered.status, answered.body, answered.route], [503, "fault filter abort", "only"]);
    assert.equal(decide(["fault"], fault({}), { method: "HEAD" }).kind, "aborted");
    for (const percentage of [0, 99.9]) assert.equal(decide(["fault"], fault({ percentage })).kind, "forward");
  });

  it("answer preflight requests of their origins, and no others", () => {
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

  it("let a fault come before the answer to a browser", () => {
    const args = { corsPolicies, ...fault({ httpStatus: 500 }) };
    assert.equal(decide(["cors", "fault"], args, asking("https://a.test")).kind, "aborted");
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
      "HeaderManipulationPolicy edge of the gateway: request less x-a; answer x-b: b",
      "RetryTimeoutPolicy patience of the table: up to 2 more tries after 5xx, at most 3s in all",
    ])
      assert.ok(text.includes(`\n  ${line}\n`), `${line}\n\n${text}`);
  });
});
