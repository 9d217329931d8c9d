/**
 * Maps the rules of a guard to `ValidatingAdmissionPolicy` and `ValidatingAdmissionPolicyBinding` of
 * admissionregistration.k8s.io/v1.
 */
import { dnsName } from "../../kube/names.js";
import { type Json, type KubeObject, makerLabels } from "../../kube/object.js";
import type { PlannedGuard } from "../../plan/guards.js";
import { isSentBy } from "./cel.js";

/** Objects of an API that a policy matches. */
export interface Resources {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
}

export type Operation = "CREATE" | "UPDATE" | "DELETE";

/** A condition that must hold, and the message if it does not. */
export interface Validation {
  readonly expression: string;
  /** Short message, used if `sentence` can't be evaluated. */
  readonly message: string;
  /** Expression for the message: what was found, what was expected, what to do. */
  readonly sentence: string;
}

/** The limits that a guard sets for some kinds. */
export interface GuardPolicy {
  /** Distinguishes this policy from others of the guard. */
  readonly part: string;
  readonly on: readonly Resources[];
  readonly operations: readonly Operation[];
  /** Namespaces that it applies to. Default: all. */
  readonly namespaces?: { readonly in: readonly string[] } | { readonly notIn: readonly string[] };
  /** Condition on the requests that it applies to. Default: all. */
  readonly concerns?: string;
  /** Expressions by name; each may use the ones before it. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly validations: readonly Validation[];
}

/** Controllers that delete dependents of a namespace or an owner, and the group that could delete the guard anyway. */
const ALWAYS_EXEMPT = {
  users: [
    "system:kube-controller-manager",
    "system:serviceaccount:kube-system:generic-garbage-collector",
    "system:serviceaccount:kube-system:namespace-controller",
  ],
  groups: ["system:masters"],
};

const API_VERSION = "admissionregistration.k8s.io/v1";

/** Renders a policy and its binding, both under the same name. */
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

/** Selects namespaces by the label that the API server sets on each of them. */
function selectorOf(namespaces: NonNullable<GuardPolicy["namespaces"]>): Json {
  const [operator, values] = "in" in namespaces ? ["In", namespaces.in] : ["NotIn", namespaces.notIn];
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator, values }] };
}

/** Matches objects of one Istio kind; equivalent requests through its other versions match too. */
export function istio(group: string, version: string, resource: string): readonly Resources[] {
  return [{ apiGroups: [`${group}.istio.io`], apiVersions: [version], resources: [resource] }];
}

/** Matches all Istio objects, kinds of future releases included. */
export const ALL_OF_ISTIO: readonly Resources[] = [
  {
    apiGroups: ["extensions.istio.io", "networking.istio.io", "security.istio.io", "telemetry.istio.io"],
    apiVersions: ["*"],
    resources: ["*"],
  },
];

/** Gateways of the Kubernetes Gateway API, which Istio also implements. */
export const API_GATEWAYS: readonly Resources[] = [
  { apiGroups: ["gateway.networking.k8s.io"], apiVersions: ["v1"], resources: ["gateways"] },
];
