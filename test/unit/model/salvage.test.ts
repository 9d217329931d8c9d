import assert from "node:assert/strict";
import { formatPath } from "../../../sdk/nodejs/src/diagnostics/format.js";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import { isDeferred } from "../../../sdk/nodejs/src/model/deferred.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";

const ok = { name: "ok", directResponse: { status: 200 } };

function parse(http: unknown) {
  const findings = new Findings();
  const value = parseResource(
    "RouteTable",
    "shop",
    { fleet: "prod", hosts: ["a.example"], virtualGateways: ["web"], http },
    findings,
  );
  return { value, found: findings.sorted().map(({ code, path }) => `${code} ${formatPath(path)}`) };
}

describe("what parsing rejects", () => {
  it("leaves the rest for checks: invalid leaves become placeholders", () => {
    const { value, found } = parse([ok, { name: "b", directResponse: { status: "200" } }]);
    assert.deepEqual(found, ["MW0102 http[1].directResponse.status"]);
    const action = value?.http[1]?.action;
    assert.ok(action?.kind === "directResponse" && isDeferred(action.status));
  });

  it("drops unknown fields and suggests similar ones", () => {
    const { value, found } = parse([{ ...ok, directRespons: { status: 200 } }]);
    assert.deepEqual(found, ["MW0101 http[0].directRespons"]);
    assert.equal(value?.http[0]?.action.kind, "directResponse");
  });

  it("keeps the first of fields that exclude each other", () => {
    const { value, found } = parse([{ ...ok, redirect: { pathRedirect: "/x" } }]);
    assert.deepEqual(found, ["MW0106 http[0]"]);
    assert.equal(value?.http[0]?.action.kind, "redirect");
  });

  it("fills in one of several alternative fields if none is present", () => {
    const { value, found } = parse([ok, { name: "b", directReponse: { status: 200 } }]);
    assert.deepEqual(found, ["MW0106 http[1]", "MW0101 http[1].directReponse"]);
    assert.equal(value?.http.length, 2);
    const matched = parse([{ ...ok, matchers: [{ uri: {} }] }]);
    assert.deepEqual(matched.found, ["MW0106 http[0].matchers[0].uri"]);
    assert.notEqual(matched.value, undefined);
  });

  it("gives up if nothing can be parsed", () => {
    assert.equal(parse("everything").value, undefined);
    const findings = new Findings();
    assert.equal(parseResource("RouteTable", "shop", undefined, findings), undefined);
    assert.equal(findings.all.length, 1);
  });
});
