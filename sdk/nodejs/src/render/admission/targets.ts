/** Restricts the proxies that security and telemetry policies apply to. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText } from "./cel.js";
import { type GuardPolicy, istio, type Validation } from "./policy.js";

/** Istio's root namespace, whose policies apply to the whole mesh; the default of its mesh config. */
const ROOT_NAMESPACE = "istio-system";

/** Kinds that stay limited to their own hosts or addresses even in the root namespace. */
const OWN_KINDS: readonly string[] = [
  "DestinationRule",
  "ServiceEntry",
  "VirtualService",
  "WorkloadEntry",
  "WorkloadGroup",
];

/** In the root namespace, teams may only write kinds that name their hosts or addresses. */
export function rootRules({ namespaces, maker }: PlannedWorkspaceGuard): readonly Validation[] {
  if (!namespaces.includes(ROOT_NAMESPACE)) return [];
  return [
    {
      expression: `request.namespace != ${celText(ROOT_NAMESPACE)} || request.kind.kind in ${celList(OWN_KINDS)}`,
      message: "the kind is for operators only in the namespace of all of the mesh",
      sentence:
        `"the kind " + request.kind.kind + ` +
        celText(
          ` in namespace ${ROOT_NAMESPACE} of workspace ${maker.name} is for all of the mesh, ` +
            "expected it in a namespace of the team's pods: move it there, or ask the operators to apply it",
        ),
    },
  ];
}

/** Security and telemetry policies may only target workloads in their own namespace. */
export function targetsPolicy({ namespaces, maker }: PlannedWorkspaceGuard): GuardPolicy {
  return {
    part: "targets",
    on: [
      ...istio("security", "v1", "authorizationpolicies"),
      ...istio("security", "v1", "requestauthentications"),
      ...istio("telemetry", "v1", "telemetries"),
    ],
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: namespaces },
    variables: {
      refs:
        'object.?spec.?targetRefs.orValue([]).map(r, r.?kind.orValue("")) + ' +
        '[object.?spec.?targetRef.?kind.orValue("")]',
    },
    validations: [
      {
        expression: '!("GatewayClass" in variables.refs)',
        message: "the policy is for proxies of others",
        sentence: celText(
          "it is for a class of gateways, in every namespace, " +
            `expected targets of workspace ${maker.name} beside it: change them, or ask the operators to apply it`,
        ),
      },
    ],
  };
}
