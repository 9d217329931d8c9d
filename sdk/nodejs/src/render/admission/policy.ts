/**
 * Maps the rules of a guard to `ValidatingAdmissionPolicy` and `ValidatingAdmissionPolicyBinding` of
 * admissionregistration.k8s.io/v1.
 */
import { dnsName } from "../../kube/names.js";
import { type Json, type KubeObject, makerLabels } from "../../kube/object.js";
import type { PlannedGuard } from "../../plan/guards.js";
import { isSentBy } from "./cel.js";

/** Objects of some API that a policy looks at. */
export interface Resources {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

export type Operation = "CREATE" | "UPDATE" | "DELETE";

/** One thing that must be true, and what is said where it is not. */
export interface Validation {
  readonly expression: string;
  /** The rule in a few words, where the sentence can't be made. */
  readonly message: string;
  /** An expression for the sentence: what was found, what is expected, what to do. */
  readonly sentence: string;
}

/** What a guard holds of some kinds. */
export interface GuardPolicy {
  /** What tells this policy apart from others of the guard. */
  readonly part: string;
  readonly on: readonly Resources[];
  readonly operations: readonly Operation[];
  /** Namespaces that it looks at. Default: all. */
  readonly namespaces?: { readonly in: readonly string[] } | { readonly notIn: readonly string[] };
  /** Which requests it looks at, besides. Default: all. */
  readonly concerns?: string;
  /** Expressions by their names, each of which may use those before it. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/** Who removes what goes with its namespace or its owner, and whoever could remove the guard as well. */
const ALWAYS_EXEMPT = {
  users: [
    "system:kube-controller-manager",
    "system:serviceaccount:kube-system:generic-garbage-collector",
    "system:serviceaccount:kube-system:namespace-controller",
  ],
  groups: ["system:masters"],
};

const API_VERSION = "admissionregistration.k8s.io/v1";

/** A policy and its binding, both of the same name. */
export function renderPolicy(guard: PlannedGuard, policy: GuardPolicy): { policy: KubeObject; binding: KubeObject } {
  const { maker } = guard;
  const metadata = { name: dnsName(maker.name, `${guard.kind}-guard`, policy.part), labels: makerLabels(maker) };
  const object = (kind: string, spec: KubeObject["spec"]): KubeObject => ({
    apiVersion: API_VERSION,
    kind,
    metadata,
    spec,
  });
  return {
    policy: object("ValidatingAdmissionPolicy", specOf(guard, policy)),
    binding: object("ValidatingAdmissionPolicyBinding", {
      policyName: metadata.name,
      validationActions: ["Deny"],
      ...(policy.namespaces && { matchResources: { namespaceSelector: selectorOf(policy.namespaces) } }),
    }),
  };
}

function specOf({ exempt }: PlannedGuard, policy: GuardPolicy): KubeObject["spec"] {
  const everyone = {
    users: [...ALWAYS_EXEMPT.users, ...exempt.users],
    groups: [...ALWAYS_EXEMPT.groups, ...exempt.groups],
  };
  return {
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: policy.on.map((resources) => ({ ...resources, operations: policy.operations })),
    },
    matchConditions: [
      { name: "no-operator", expression: `!(${isSentBy(everyone)})` },
      ...(policy.concerns === undefined ? [] : [{ name: "concerns", expression: policy.concerns }]),
    ],
    ...(policy.variables && {
      variables: Object.entries(policy.variables).map(([name, expression]) => ({ name, expression })),
    }),
    validations: policy.validations.map(({ expression, message, sentence }) => ({
      expression,
      message,
      messageExpression: sentence,
      reason: "Forbidden",
    })),
  };
}

/** By the label that the API server itself gives every namespace. */
function selectorOf(namespaces: NonNullable<GuardPolicy["namespaces"]>): Json {
  const [operator, values] = "in" in namespaces ? ["In", namespaces.in] : ["NotIn", namespaces.notIn];
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator, values }] };
}

/** Objects of one kind of Istio's; requests by its other versions are looked at as well. */
export function istio(group: string, version: string, resource: string): readonly Resources[] {
  return [{ apiGroups: [`${group}.istio.io`], apiVersions: [version], resources: [resource] }];
}

/** All objects of Istio's, those of kinds that come later included. */
export const ALL_OF_ISTIO: readonly Resources[] = [
  {
    apiGroups: ["extensions.istio.io", "networking.istio.io", "security.istio.io", "telemetry.istio.io"],
    apiVersions: ["*"],
    resources: ["*"],
  },
];

/** Gateways of the Gateway API, which Istio serves too. */
export const API_GATEWAYS: readonly Resources[] = [
  { apiGroups: ["gateway.networking.k8s.io"], apiVersions: ["v1"], resources: ["gateways"] },
];
