import assert from "node:assert/strict";
import type { Forward } from "../../../sdk/nodejs/src/simulate/decision.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { fleetArgs, serviceArgs } from "../../support/shop.js";
import { ask, forwards, plainGateway, planOf, planOfRoutes } from "./ask.js";

/** Returns the forward that a request ends in. */
function forwarded(route: object, path: string, overrides: Partial<Request> = {}): Forward {
  const { decision } = ask(planOfRoutes([route]), path, overrides);
  assert.equal(decision.kind, "forward");
  return decision as Forward;
}

function pathAfter(matcher: object, forwardTo: object, path: string): string {
  return forwarded(forwards("it", matcher, forwardTo), path).path;
}

/** Returns a redirect as the client sees it: `status location`. */
function redirected(redirect: object, path: string, host = "shop.example.com"): string {
  const { decision } = ask(planOfRoutes([{ name: "it", redirect }]), path, { host });
  return decision.kind === "redirect" ? `${decision.status} ${decision.location}` : decision.kind;
}

describe("simulated rewrites", () => {
  it("replace a matched prefix as text and keep the query", () => {
    const to = (pathRewrite: string, path: string) => pathAfter({ uri: { prefix: "/foo" } }, { pathRewrite }, path);
    assert.equal(to("/", "/foo/bar?x=/foo"), "//bar?x=/foo");
    assert.equal(to("/x", "/foobar"), "/xbar");
    assert.equal(to("/x", "/a/../foo?"), "/x?");
    assert.equal(pathAfter({ uri: { prefix: "/FOO", ignoreCase: true } }, { pathRewrite: "/x" }, "/foo/b"), "/x/b");
  });

  it("replace the whole path after an exact or regex match", () => {
    assert.equal(pathAfter({ uri: { exact: "/a" } }, { pathRewrite: "/b" }, "/a?q"), "/b?q");
    assert.equal(pathAfter({ uri: { regex: "/a/.*" } }, { pathRewrite: "/b" }, "/a/c?q"), "/b?q");
  });

  it("replace the first slash if the path is not matched", () => {
    assert.equal(pathAfter({ method: "GET" }, { pathRewrite: "/hdr" }, "/any"), "/hdrany");
  });

  it("replace every match of a regex rewrite, in the path only", () => {
    const to = (regex: string, substitution: string, path: string) =>
      pathAfter({ uri: { prefix: "/" } }, { regexRewrite: { pattern: { regex }, substitution } }, path);
    assert.equal(to("a*", "<\\0>", "/rrw/baac?aa"), "<>/<>r<>r<>w<>/<>b<aa>c<>?aa");
    assert.equal(to("a*", "<\\0>", "/aaa"), "<>/<aaa>");
    assert.equal(to("^/x/([^/]+)(/.*)?$", "/\\1\\2", "/x/y/z?q"), "/y/z?q");
    assert.equal(to("^/x(/.*)?", "/\\1", "/y/x"), "/y/x");
    assert.equal(to("/", "\\\\", "/a/b"), "\\a\\b");
  });

  it("keep the path if a regex rewrite leaves nothing of it", () => {
    const to = (path: string) =>
      pathAfter(
        { uri: { prefix: "/" } },
        { regexRewrite: { pattern: { regex: "^/x(.*)$" }, substitution: "\\1" } },
        path,
      );
    assert.equal(to("/x"), "/x");
    assert.equal(to("/x?q"), "/x?q");
    assert.equal(to("/x/y"), "/y");
  });

  it("set the Host header of the route, else of the destination, else keep the client's", () => {
    const host = (forwardTo: object) =>
      forwarded(forwards("it", {}, forwardTo), "/", { host: "SHOP.example.com:80" }).targets.map(
        (each) => each.hostHeader,
      );
    assert.deepEqual(host({}), ["SHOP.example.com:80"]);
    assert.deepEqual(host({ hostRewrite: "other.example.com" }), ["other.example.com"]);
    assert.deepEqual(host({ autoHostRewrite: true }), ["reviews.global"]);
  });
});

describe("simulated redirects", () => {
  it("keep what they do not replace", () => {
    assert.equal(redirected({ hostRedirect: "o.example.com" }, "/a/../b?c"), "301 http://o.example.com/b?c");
    assert.equal(
      redirected({ pathRedirect: "/new" }, "/a?b", "SHOP.example.com:80"),
      "301 http://SHOP.example.com:80/new?b",
    );
    assert.equal(redirected({ pathRedirect: "/new?x=1" }, "/a?b"), "301 http://shop.example.com/new?x=1");
    assert.equal(redirected({ pathRedirect: "/new" }, "/a?"), "301 http://shop.example.com/new?");
  });

  it("respond with their code", () => {
    const codes = { FOUND: 302, SEE_OTHER: 303, TEMPORARY_REDIRECT: 307, PERMANENT_REDIRECT: 308 };
    for (const [responseCode, status] of Object.entries(codes))
      assert.equal(redirected({ hostRedirect: "o.example.com", responseCode }, "/"), `${status} http://o.example.com/`);
  });
});

describe("simulated direct responses", () => {
  const taken = { kind: "direct", table: "shop", route: "it" };
  const response = (directResponse: object, overrides: Partial<Request> = {}) =>
    ask(planOfRoutes([{ name: "it", directResponse }]), "/a?b", overrides).decision;

  it("have the route's status and body", () => {
    assert.deepEqual(response({ status: 503, body: "no" }), { ...taken, status: 503, body: "no" });
  });

  it("send no body if HTTP allows none", () => {
    assert.deepEqual(response({ status: 204, body: "no" }), { ...taken, status: 204 });
    assert.deepEqual(response({ status: 200, body: "no" }, { method: "HEAD" }), { ...taken, status: 200 });
  });

  it("carry a Location header with 201 and 3xx", () => {
    const location = "http://shop.example.com/a?b";
    assert.deepEqual(response({ status: 201 }), { ...taken, status: 201, location });
    assert.deepEqual(response({ status: 308, body: "x" }), { ...taken, status: 308, body: "x", location });
  });
});

describe("simulated targets", () => {
  it("lead to the cluster's pods and to the gateways of others", () => {
    const [target] = forwarded(forwards("it", {}), "/").targets;
    assert.deepEqual(target, {
      destination: { kind: "VirtualDestination", name: "reviews" },
      host: "reviews.global",
      port: 80,
      share: 100,
      hostHeader: "shop.example.com",
      endpoints: [
        {
          kind: "pods",
          cluster: "east",
          namespace: "shop",
          labels: { app: "reviews" },
          port: 9080,
          locality: { region: "us-east-1" },
        },
        {
          kind: "eastWestGateway",
          cluster: "west",
          address: "203.0.113.20",
          port: 15443,
          locality: { region: "us-west-2" },
        },
      ],
    });
  });

  it("share by weight, without targets of weight 0", () => {
    const destinations = [
      { virtualDestination: "reviews", weight: 75 },
      { ...serviceArgs("east"), weight: 25 },
      { externalService: "api", weight: 0 },
    ];
    const { targets } = forwarded(forwards("it", {}, { destinations }), "/");
    assert.deepEqual(
      targets.map(({ destination, share }) => [destination.name, share]),
      [
        ["reviews", 75],
        ["frontend", 25],
      ],
    );
    assert.deepEqual(targets[1]?.endpoints, [
      { kind: "service", cluster: "east", host: "frontend.shop.svc.cluster.local", port: 8080 },
    ]);
  });

  it("name a Service of another cluster by its own name", () => {
    const [target] = forwarded(forwards("it", {}, { destinations: [serviceArgs("west")] }), "/").targets;
    assert.deepEqual(target?.destination, { kind: "Service", name: "frontend", namespace: "shop", cluster: "west" });
    assert.deepEqual(
      target?.endpoints.map(({ kind, cluster }: { kind: string; cluster?: string }) => [kind, cluster]),
      [["eastWestGateway", "west"]],
    );
  });

  it("lead to external services by name", () => {
    const [target] = forwarded(forwards("it", {}, { destinations: [{ externalService: "api" }] }), "/").targets;
    assert.deepEqual(target?.endpoints, [{ kind: "external", address: "api.example.org", port: 443 }]);
  });

  it("reach all pods of a flat network directly", () => {
    const plan = planOf({
      fleets: { prod: fleetArgs({ east: { network: "flat" }, west: { network: "flat" } }) },
      virtualGateways: { web: plainGateway },
    });
    const { decision } = ask(plan, "/");
    assert.equal(decision.kind, "forward");
    assert.deepEqual(
      (decision as Forward).targets[0]?.endpoints.map(({ kind }) => kind),
      ["pods", "pods"],
    );
  });
});
