import assert from "node:assert/strict";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import type { Decision } from "../../../sdk/nodejs/src/simulate/decision.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { readQuestion } from "../../../sdk/nodejs/src/simulate/read-request.js";
import type { Connection, Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { simulate } from "../../../sdk/nodejs/src/simulate/simulate.js";
import { expectRoute, routesOf } from "../../../sdk/nodejs/src/testing.js";
import type { ModelArgs } from "../../support/models.js";
import { destinationArgs, gatewayArgs, tableArgs } from "../../support/shop.js";
import { forwards, planOf, request } from "./ask.js";

/** Returns the verdict on the first target, or what happens instead. */
function outcomeOf(decision: Decision): string {
  if ("targets" in decision) return decision.targets[0]?.access?.verdict ?? "unguarded";
  return decision.kind === "refused" ? decision.reason : decision.kind;
}

describe("simulated access", () => {
  describe("at a gateway", () => {
    const at = (authzList: readonly object[], path = "/", overrides: Partial<Request> = {}, listener: object = {}) =>
      simulate(
        planOf({
          virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80, ...listener }], policies: ["guard"] }) },
          routeTables: { shop: tableArgs({ http: [forwards("only", { uri: { prefix: "/" } })] }) },
          accessPolicies: { guard: { authzList } },
        }),
        request(path, overrides),
      ).decision;

    it("is judged by path, method and headers, before anything else", () => {
      const rules = [
        { allowedPaths: ["/public/*", "*.css", "/healthz"], allowedMethods: ["GET"] },
        { match: { request: { headers: { "X-Stage": { values: ["test*"], notValues: ["*-old"] } } } } },
      ];
      assert.equal(outcomeOf(at(rules, "/public/a?b")), "unguarded");
      assert.equal(outcomeOf(at(rules, "/x/../public/a")), "unguarded");
      assert.equal(outcomeOf(at(rules, "/a/b.css")), "unguarded");
      assert.equal(outcomeOf(at(rules, "/healthz/")), "denied");
      assert.equal(outcomeOf(at(rules, "/public/a", { method: "POST" })), "denied");
      const staged = (...values: string[]) =>
        outcomeOf(at(rules, "/", { headers: values.map((value) => ["x-stage", value] as const) }));
      assert.equal(staged("testing"), "unguarded");
      assert.equal(staged("prod", "test"), "unguarded");
      assert.equal(staged("test", "test-old"), "denied");
      assert.equal(staged("prod"), "denied");
      assert.equal(outcomeOf(at(rules, "/", { host: "nobody.example.org" })), "denied");
      assert.equal(outcomeOf(at(rules, "/", {}, { httpsRedirect: true })), "denied");
      assert.equal(outcomeOf(at(rules, "/#")), "rejected");
    });

    it("responds 403 with a body, except to HEAD", () => {
      const rules = [{ allowedPaths: ["/a"] }];
      assert.deepEqual(at(rules), { kind: "denied", status: 403, body: "RBAC: access denied", gateway: "web" });
      assert.deepEqual(at(rules, "/", { method: "HEAD" }), { kind: "denied", status: 403, gateway: "web" });
    });

    it("depends on an address that isn't given", () => {
      const rules = [{ allowedIpBlocks: ["203.0.113.0/24", "2001:db8::1"] }, { allowedRemoteIpBlocks: ["192.0.2.7"] }];
      const from = (address: string) => outcomeOf(at(rules, "/", { from: { cluster: "east", address } }));
      assert.equal(outcomeOf(at(rules)), "unguarded");
      for (const address of ["203.0.113.9", "2001:db8::1", "192.0.2.7"]) assert.equal(from(address), "unguarded");
      for (const address of ["203.0.114.9", "2001:db8::2", "192.0.2.8"]) assert.equal(from(address), "denied", address);
    });

    it("denies callers that can't present a required identity, and depends on it if they can", () => {
      const plan = (tls: object) =>
        planOf({
          virtualGateways: { web: gatewayArgs({ listeners: [{ port: 443, tls }], policies: ["guard"] }) },
          accessPolicies: {
            guard: { authzList: [{ allowedClients: [{ serviceAccountSelector: { namespace: "shop" } }] }] },
          },
        });
      const https = { ...request("/"), scheme: "https" } as const;
      const mutual = simulate(plan({ mode: "ISTIO_MUTUAL" }), https);
      assert.notEqual(mutual.decision.kind, "denied");
      assert.deepEqual(mutual.trace?.listener?.access?.[0]?.verdict, "depends");
      assert.equal(simulate(plan({ mode: "SIMPLE", secretName: "web-cert" }), https).decision.kind, "denied");
    });

    it("can be set on the command line", () => {
      const read = (options: object) => readQuestion("GET", "http://shop.example.com/", options);
      const askedFrom = (options: object) => {
        const question = read(options);
        return typeof question === "string" ? question : question.from;
      };
      assert.deepEqual(askedFrom({ address: "203.0.113.7" }), { address: "203.0.113.7" });
      assert.deepEqual(askedFrom({ from: "sidecar:shop", serviceAccount: "frontend" }), {
        sidecar: { namespace: "shop", serviceAccount: "frontend" },
      });
      assert.match(String(read({ serviceAccount: "frontend" })), /belongs to a pod with a sidecar/);
      assert.match(String(read({ address: "shop" })), /`shop` is not the IP address/);
      assert.match(String(read({ from: "sidecar:shop", address: "203.0.113.7" })), /gateway's client/);
    });

    it("only counts what a dry run would reject", () => {
      assert.equal(outcomeOf(at([{ allowedPaths: ["/a"], dryRun: true }])), "unguarded");
    });

    it("is described with what it depends on", () => {
      const plan = planOf({
        virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80 }], policies: ["guard"] }) },
        accessPolicies: {
          guard: {
            authzList: [
              { allowedIpBlocks: ["203.0.113.0/24"], allowedMethods: ["GET"] },
              { allowedPaths: ["/public/*"] },
            ],
          },
        },
      });
      const text = (path: string, method = "GET") => {
        const asked = { ...request(path), method };
        return describeSimulations(asked, [simulate(plan, asked)]);
      };
      assert.match(text("/a"), /AccessPolicy of the gateway web: lets in from 203\.0\.113\.0\/24, else 403/);
      assert.match(text("/public/a"), /AccessPolicy of the gateway web: lets it in/);
      assert.match(text("/a", "POST"), /AccessPolicy of the gateway web: refuses it, 403\n/);
      assert.match(text("/a", "POST"), /403, refused by the access policy of gateway web/);
    });
  });

  describe("at pods", () => {
    const shop = { serviceAccountSelector: { namespace: "gateways" } };
    const frontend = { serviceAccountSelector: { namespace: "shop", name: "frontend" } };
    const rewriting = forwards("only", { uri: { prefix: "/shop" } }, { pathRewrite: "/" });

    const planWith = (authzList: readonly object[], more: ModelArgs = {}, destination: object = {}) =>
      planOf({
        virtualGateways: { web: gatewayArgs({ listeners: [{ port: 80 }] }) },
        virtualDestinations: { reviews: destinationArgs({ policies: ["guard"], ...destination }) },
        routeTables: { shop: tableArgs({ http: [rewriting] }) },
        accessPolicies: { guard: { authzList } },
        ...more,
      });
    const atGateway = (authzList: readonly object[], path = "/shop/a", overrides: Partial<Request> = {}) =>
      outcomeOf(simulate(planWith(authzList), request(path, overrides)).decision);

    it("is judged by the gateway's namespace, and depends on its service account", () => {
      assert.equal(atGateway([{ allowedClients: [shop] }]), "allowed");
      assert.equal(atGateway([{ allowedClients: [frontend] }]), "refused");
      const named = { serviceAccountSelector: { namespace: "gateways", name: "ingress" } };
      assert.equal(atGateway([{ allowedClients: [named] }]), "depends");
      assert.equal(atGateway([{ allowedClients: [frontend, shop] }]), "allowed");
    });

    it("sees paths after the rewrite, and headers only if no policy changes them", () => {
      assert.equal(atGateway([{ allowedPaths: ["//a"] }]), "allowed");
      assert.equal(atGateway([{ allowedPaths: ["/shop/a"] }]), "refused");
      const headers = { match: { request: { headers: { "x-user": { values: ["ann"] } } } } };
      assert.equal(atGateway([headers]), "refused");
      assert.equal(atGateway([headers], "/shop", { headers: [["x-user", "ann"]] }), "allowed");
      const changing = planWith([headers], {
        routeTables: { shop: tableArgs({ http: [rewriting], policies: ["HeaderManipulationPolicy/adds"] }) },
        headerManipulationPolicies: { adds: { appendRequestHeaders: { "x-user": "ann" } } },
      });
      assert.equal(outcomeOf(simulate(changing, request("/shop")).decision), "depends");
    });

    it("is judged for callers with sidecars by their service account", () => {
      const plan = planWith([{ allowedClients: [frontend], allowedMethods: ["GET"] }]);
      const as = (namespace: string, serviceAccount?: string, method = "GET") => {
        const sidecar = { namespace, ...(serviceAccount && { serviceAccount }) };
        return outcomeOf(
          simulate(plan, { ...request("/", { host: "reviews.global", method }), from: { cluster: "east", sidecar } })
            .decision,
        );
      };
      assert.equal(as("shop", "frontend"), "allowed");
      assert.equal(as("shop", "frontend", "POST"), "refused");
      assert.equal(as("shop", "cart"), "refused");
      assert.equal(as("cart"), "refused");
      assert.equal(as("shop"), "depends");
    });

    it("is judged by policies of other destinations that select the same pods at the same port", () => {
      const others = (destination: object) =>
        planWith([{ allowedClients: [frontend] }], {
          virtualDestinations: {
            reviews: destinationArgs({}),
            guarded: destinationArgs({ hosts: ["guarded.global"], policies: ["guard"], ...destination }),
          },
        });
      const ask = (destination: object) => outcomeOf(simulate(others(destination), request("/shop/")).decision);
      assert.equal(ask({}), "refused");
      assert.equal(ask({ ports: [{ number: 80, protocol: "HTTP", targetPort: 9999 }] }), "unguarded");
      assert.equal(
        ask({ services: [{ namespace: "shop", labels: { app: "other" }, serviceAccounts: ["other"] }] }),
        "unguarded",
      );
    });

    it("depends on callers that an east-west gateway hides", () => {
      const plan = planWith([{ allowedClients: [frontend] }], {}, { clientMode: { tlsTermination: {} } });
      assert.equal(outcomeOf(simulate(plan, request("/shop/")).decision), "depends");
    });

    it("depends on a mesh that is unknown", () => {
      const plan = planWith([{ allowedClients: [frontend] }]);
      const deferred = {
        clusters: plan.clusters.map((cluster) => ({ ...cluster, trustDomain: deferredOf([1]) })),
      };
      assert.equal(outcomeOf(simulate(deferred, request("/shop/")).decision), "depends");
    });

    it("is judged for connections by their client", () => {
      const plan = planOf({
        virtualGateways: { web: gatewayArgs({ listeners: [{ port: 9000, protocol: "TCP" }] }) },
        virtualDestinations: {
          database: destinationArgs({
            hosts: ["database.global"],
            ports: [{ number: 9000, protocol: "TCP" }],
            policies: ["guard"],
          }),
        },
        routeTables: {
          database: tableArgs({
            http: undefined,
            tcp: [{ name: "all", forwardTo: { destinations: [{ virtualDestination: "database" }] } }],
          }),
        },
        accessPolicies: { guard: { authzList: [{ allowedClients: [frontend] }] } },
      });
      const asked: Connection = { scheme: "tcp", port: 9000, from: { cluster: "east" } };
      const simulation = simulate(plan, asked);
      assert.equal(outcomeOf(simulation.decision), "refused");
      assert.match(describeSimulations(asked, [simulation]), /pods refuse it: the connection is closed/);
    });

    it("can be expected in route tests", () => {
      const plan = planWith([{ allowedClients: [shop], allowedMethods: ["GET"] }]);
      const routes = routesOf(plan);
      const shopUrl = "http://shop.example.com/shop/";
      expectRoute(routes).get(shopUrl).inCluster("east").toReach("reviews").viaRoute("only");
      expectRoute(routes).post(shopUrl).inCluster("east").toAnswer(403).viaRoute("only");
      assert.throws(() => expectRoute(routes).post(shopUrl).inCluster("east").toReach("reviews"));
      expectRoute(routes).get("http://reviews.global/").fromSidecar("gateways", {}, "ingress").toBeUnrouted();
    });
  });
});
