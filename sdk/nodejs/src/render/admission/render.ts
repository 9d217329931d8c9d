/** Renders the guards of a plan to native Kubernetes admission policies, whatever the target of the routes. */
import type { KubeObject, RenderedObject } from "../../kube/object.js";
import type { PlannedGuard } from "../../plan/guards.js";
import type { Renderer } from "../renderer.js";
import { gatewayPolicies } from "./gateway-guard.js";
import { renderPolicy } from "./policy.js";
import { workspacePolicies } from "./workspace-guard.js";

/** Applied after all route objects: first the policy, then the binding that enforces it. */
const Step = { Policy: 6, Binding: 7 } as const;

/** Kinds of objects that make up a guard. */
const GUARD_KINDS: readonly string[] = ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];

/** Reports whether an object is part of a guard. */
export function isGuardObject({ kind }: KubeObject): boolean {
  return GUARD_KINDS.includes(kind);
}

/** The renderer of guards. */
export const renderGuards: Renderer = (plan) => ({
  objects: plan.clusters.flatMap(({ cluster, guards = [] }) =>
    guards.flatMap((guard) => renderGuard(guard).map((rendered) => ({ maker: guard.maker, cluster, ...rendered }))),
  ),
  diagnostics: [],
});

function renderGuard(guard: PlannedGuard): readonly Pick<RenderedObject, "object" | "step">[] {
  const policies = guard.kind === "workspace" ? workspacePolicies(guard) : gatewayPolicies(guard);
  const rendered = policies.map((policy) => renderPolicy(guard, policy));
  return [
    ...rendered.map(({ policy }) => ({ object: policy, step: Step.Policy })),
    ...rendered.map(({ binding }) => ({ object: binding, step: Step.Binding })),
  ];
}
