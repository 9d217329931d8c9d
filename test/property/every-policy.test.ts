/** No policy is accepted and then forgotten: wherever it may be listed, it changes objects or raises a finding. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { compile } from "../../sdk/nodejs/src/compile.js";
import {
  isCallerPolicyKind,
  isListenerPolicyKind,
  isRoutePolicyKind,
  isUnsupportedPolicyKind,
  POLICY_KINDS,
  type PolicyKind,
} from "../../sdk/nodejs/src/kinds/kinds.js";
import { modelFrom, ownerlessArgs } from "../support/arbitraries/model.js";
import type { ModelArgs } from "../support/arbitraries/model-args.js";
import { configureRuns } from "../support/arbitraries/runs.js";

/** Resources that can list policies, by kind, in a model that uses these names for nothing else. */
type Lister = "gateway" | "table" | "route" | "destination";

function listersOf(kind: PolicyKind): readonly Lister[] {
  if (isUnsupportedPolicyKind(kind)) return ["gateway", "table", "route", "destination"];
  if (isRoutePolicyKind(kind)) return ["gateway", "table", "route"];
  if (isListenerPolicyKind(kind)) return ["gateway"];
  return isCallerPolicyKind(kind) ? ["gateway", "destination"] : ["destination"];
}

/** Reports whether a policy only repeats the defaults. */
function saysDefault(kind: PolicyKind, policy: unknown): boolean {
  const fields = policy as Readonly<Record<string, unknown>>;
  if (kind === "ProxyProtocolPolicy") return fields["enableProxyProtocol"] === false;
  // the default is mutual TLS in a mesh, plaintext without one
  return kind === "ClientTLSPolicy" && (fields["istioMutual"] ?? fields["disable"]) !== undefined;
}

const LABELS = { "every-policy": "yes" };

function mapValues<T, U>(values: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** Makes a policy apply to all routes and listeners: otherwise it may have no effect. */
function forEverything(policy: unknown): object {
  const { applyToRoutes: _routes, applyToListeners: _listeners, ...rest } = policy as Record<string, unknown>;
  return rest;
}

/** Adds our own resources to the generated ones; one of them lists the policy, none does without a lister. */
function modelWith(args: ModelArgs, policy: string, lister?: Lister): ModelArgs {
  const by = (each: Lister) => (each === lister ? { policies: [policy] } : {});
  const forwardTo = { destinations: [{ virtualDestination: "own-reviews", port: 80 }] };
  return {
    ...args,
    ...Object.fromEntries(POLICY_KINDS.map((kind) => [kind, mapValues(args[kind], forEverything)])),
    VirtualGateway: {
      "own-web": {
        fleet: "prod",
        namespace: "own",
        workloads: { labels: LABELS },
        listeners: [{ port: 80 }],
        ...by("gateway"),
      },
    },
    VirtualDestination: {
      ...args.VirtualDestination,
      "own-reviews": {
        fleet: "prod",
        hosts: ["own-reviews.test"],
        services: [{ namespace: "own", labels: LABELS, serviceAccounts: ["own"] }],
        ports: [{ number: 80, protocol: "HTTP" }],
        ...by("destination"),
      },
    },
    RouteTable: {
      "own-shop": {
        fleet: "prod",
        hosts: ["own.example.com"],
        virtualGateways: ["own-web"],
        http: [{ name: "forward", forwardTo, ...by("route") }],
        ...by("table"),
      },
    },
    TrimProxyConfigPolicy: {},
    // always an error
    DLPPolicy: policy.startsWith("DLPPolicy/") ? { "always-refused": {} } : {},
    WAFPolicy: policy.startsWith("WAFPolicy/") ? { "always-refused": {} } : {},
    ActiveHealthCheckPolicy: mapValues(args.ActiveHealthCheckPolicy, (each) => ({
      ...(each as object),
      virtualGateways: ["own-web"],
    })),
  };
}

interface Outcome {
  readonly all: string;
  /** Resources with findings, as `KIND/NAME`. */
  readonly found: ReadonlySet<string>;
  readonly hasErrors: boolean;
}

function outcomeOf(args: ModelArgs): Outcome {
  const { diagnostics, objects } = compile(modelFrom(args));
  const found = new Set(diagnostics.map(({ subject }) => `${subject.kind}/${subject.name}`));
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  return { all: JSON.stringify([objects, diagnostics]), found, hasErrors };
}

describe("property: every policy", function () {
  configureRuns(this);

  it("changes objects or raises a finding, wherever it is listed", () => {
    const seen = new Set<PolicyKind>();
    fc.assert(
      fc.property(ownerlessArgs, (args) => {
        const base = modelWith(args, "");
        const without = outcomeOf(base);
        // nothing is rendered if there are errors
        fc.pre(!without.hasErrors);
        for (const kind of POLICY_KINDS)
          for (const name of isUnsupportedPolicyKind(kind) ? ["always-refused"] : Object.keys(base[kind]))
            for (const lister of listersOf(kind)) {
              seen.add(kind);
              const listed = outcomeOf(modelWith(args, `${kind}/${name}`, lister));
              if (saysDefault(kind, base[kind][name])) continue;
              const matters = listed.all !== without.all || listed.found.has(`${kind}/${name}`);
              assert.ok(matters, `${kind} ${JSON.stringify(base[kind][name])}, listed by a ${lister}, does nothing`);
            }
      }),
      // each run tries many; fewer runs might miss a kind
      { numRuns: 100 },
    );
    assert.deepEqual([...seen].sort(), [...POLICY_KINDS].sort(), "kinds that the arbitraries make");
  });
});
