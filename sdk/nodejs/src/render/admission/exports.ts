/** Restricts the visibility of a team's objects. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText, some } from "./cel.js";
import type { Validation } from "./policy.js";

/** Defines variables for an object's exports. Without a list, Istio exports it to all namespaces. */
export function exportVariables({
  namespaces,
  exportTo,
  gatewayNamespaces,
}: PlannedWorkspaceGuard): Readonly<Record<string, string>> {
  const isOwn = `e == "." || e == "~" || e in ${celList(namespaces)}`;
  return {
    exportTo: `object.?spec.?exportTo.orValue([]).size() == 0 ? ["*"] : object.spec.exportTo`,
    isPrivate: `variables.exportTo.all(e, ${isOwn})`,
    // gateways ignore the addresses of hosts
    isNear: `variables.exportTo.all(e, ${isOwn} || e in ${celList(gatewayNamespaces)})`,
    beyond: exportTo.includes("*")
      ? "variables.exportTo.filter(e, false)"
      : `variables.exportTo.filter(e, !(${isOwn} || e in ${celList([...new Set([...exportTo, ...gatewayNamespaces])])}))`,
  };
}

/** The rule about exports; `unless` is an expression under which it does not apply. */
export function exportRule(guard: PlannedWorkspaceGuard, unless?: string): Validation {
  const { maker } = guard;
  const exportTo = [...new Set([...guard.exportTo, ...guard.gatewayNamespaces])];
  const beside = exportTo.length === 0 ? "" : ` or ${some(exportTo)}`;
  const expected =
    ` (no \`exportTo\` means *), expected "." or a namespace of workspace ${maker.name}${beside}: ` +
    "set `exportTo`, or ask the operators to add the namespace to `guard.exportTo` of the workspace";
  return {
    expression: `${unless === undefined ? "" : `${unless} || `}variables.beyond.size() == 0`,
    message: "the object is exported beyond what the workspace may export to",
    sentence: `"it is exported to " + variables.beyond[0] + ${celText(expected)}`,
  };
}
