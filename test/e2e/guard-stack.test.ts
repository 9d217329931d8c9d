/**
 * `pulumi up` applies guards after the objects that they protect, and removes them; the user who runs the stack is an
 * operator.
 */
import assert from "node:assert/strict";
import { BUILD_TIMEOUT, cleanLab, type Setting, TEST_TIMEOUT } from "./support/lab.js";
import { newStack, type Stack, succeed } from "./support/stack.js";

const PROGRAM = `
import * as meshway from "meshway";
const fleet = new meshway.Fleet("prod", {
  clusters: [{ name: "east", context: "east" }],
  guard: { operators: [{ kind: "User", name: "admin" }] },
});
const shop = new meshway.Workspace("shop", {
  fleet,
  workloadClusters: [{ namespaces: [{ name: "shop" }] }],
  guard: { subjects: [{ kind: "Group", name: "shop-team" }], hosts: ["*.shop.global"] },
});
new meshway.VirtualGateway("web", {
  fleet,
  namespace: "gateways",
  workloads: { labels: { istio: "ingressgateway" } },
  listeners: [{ port: 80, allowedRouteTables: [{ host: "*.example.com", workspaces: [shop] }] }],
  guard: {},
});
`;

const BINDINGS = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";

/** The policies of the program; each has a binding of the same name. */
const POLICIES = [
  ...["api-gateways", "destination-rules", "objects", "request-authentications", "service-entries", "targets"].map(
    (part) => `shop--workspace-guard--${part}`,
  ),
  ...["telemetries", "virtual-services", "workload-entries", "workload-groups"].map(
    (part) => `shop--workspace-guard--${part}`,
  ),
  ...["api-gateways", "gateways", "objects", "virtual-services"].map((part) => `web--gateway-guard--${part}`),
];

describe("guards of a stack", function () {
  this.timeout(TEST_TIMEOUT);
  let setting: Setting;
  let stack: Stack;

  before(async function () {
    this.timeout(BUILD_TIMEOUT);
    setting = await cleanLab();
    stack = await newStack({ lab: setting.lab, program: PROGRAM });
  });

  async function policies(kind: string): Promise<string[]> {
    const { kubeRequest } = await import("../lab/cluster/kube-request.js");
    type List = { readonly items: readonly { readonly metadata: { readonly name: string } }[] };
    const path = `/apis/admissionregistration.k8s.io/v1/${kind}`;
    const { items } = await kubeRequest<List>(setting.lab.client("east"), { method: "GET", path });
    return items.map(({ metadata }) => metadata.name).sort();
  }

  it("creates policies and bindings next to the gateway", async () => {
    succeed(await stack.up());
    assert.deepEqual(await policies("validatingadmissionpolicies"), POLICIES);
    assert.deepEqual(await policies("validatingadmissionpolicybindings"), POLICIES);
    assert.deepEqual(await setting.east.objects(), ["Gateway gateways/web"]);
  });

  it("changes nothing the second time", async () => {
    succeed(await stack.preview("--expect-no-changes"));
  });

  it("creates bindings after their policies", async () => {
    const state = JSON.parse(await stack.exportState()) as {
      deployment: { resources: { urn: string; type: string; dependencies?: string[] }[] };
    };
    const bindings = state.deployment.resources.filter(({ type }) => type.endsWith("PolicyBinding"));
    assert.equal(bindings.length, POLICIES.length);
    for (const { urn, dependencies = [] } of bindings)
      assert.ok(
        dependencies.some((each) => each.includes(":ValidatingAdmissionPolicy::")),
        urn,
      );
  });

  it("changes a team's hosts in place", async () => {
    stack.write(PROGRAM.replace('["*.shop.global"]', '["*.shop.global", "api.payments.example"]'));
    const { changes } = succeed(await stack.up());
    assert.ok(
      changes.length > 0 && changes.every((each) => /^update .*-ValidatingAdmissionPolicy-/.test(each)),
      changes.join("\n"),
    );
  });

  it("stops if an unlisted policy of that name exists", async () => {
    const { applyObject } = await import("../lab/cluster/kube-request.js");
    succeed(await stack.destroy());
    assert.deepEqual(await policies("validatingadmissionpolicies"), []);
    assert.deepEqual(await policies("validatingadmissionpolicybindings"), []);
    const binding = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: "web--gateway-guard--objects" },
      spec: { policyName: "none", validationActions: ["Audit"] },
    };
    await applyObject(setting.lab.client("east"), BINDINGS, binding);
    const { code, text } = await stack.up();
    assert.notEqual(code, 0);
    assert.match(text, /MW0542[\s\S]*ValidatingAdmissionPolicyBinding web--gateway-guard--objects/);
    const adopted =
      '{ kind: "ValidatingAdmissionPolicyBinding", name: "web--gateway-guard--objects", cluster: "east" }';
    assert.ok(text.includes(adopted), text);
    stack.write(PROGRAM.replace("clusters: [", `adopt: [${adopted}],\n  clusters: [`));
    succeed(await stack.up());
    succeed(await stack.destroy());
    assert.deepEqual(await policies("validatingadmissionpolicybindings"), []);
  });
});
