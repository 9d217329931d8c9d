import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 065x: guards, with which API servers enforce what previews check. */
export const guards = {
  MW0650: entry<{ fleet: string }>({
    name: "guard-without-operators",
    severity: "error",
    meaning: "A workspace or a gateway has a guard, but the fleet names no operators.",
    message: ({ fleet }) =>
      `there is a guard, but Fleet ${quote(fleet)} names no operators, so it would apply to them as well`,
    help: ({ fleet }) =>
      `add \`guard: { operators: [...] }\` to ${quote(fleet)}, ` +
      "with the groups of the operators and the identities that run their stacks",
  }),
  MW0651: entry<{ gateway: string; workspaces: readonly string[] }>({
    name: "guard-without-writers",
    severity: "error",
    meaning: "A gateway has a guard and names workspaces that don't list their writers.",
    message: ({ gateway, workspaces }) =>
      `VirtualGateway ${quote(gateway)} has a guard, but ${list(workspaces)} ` +
      `${workspaces.length === 1 ? "lists" : "list"} no writers, ` +
      "so clusters would reject their routes",
    help: ({ workspaces }) =>
      "add `guard: { subjects: [...] }` to the " +
      `${workspaces.length === 1 ? "Workspace" : "Workspaces"} ${list(workspaces)}`,
  }),
  MW0652: entry<{ subject: string; workspace: string }>({
    name: "operator-writes-for-team",
    severity: "warning",
    meaning: "A team's subject is an operator too, and guards don't apply to operators.",
    message: ({ subject, workspace }) =>
      `${quote(subject)} writes for ${quote(workspace)} but is an operator too, so no guard applies to it`,
    help: ({ subject }) => `remove ${quote(subject)} here, or from \`guard.operators\` of the fleet`,
  }),
  MW0653: entry<{ subject: string; who: string }>({
    name: "guard-for-everybody",
    severity: "error",
    meaning: "A subject of a guard stands for everybody, or for everything that runs in the cluster.",
    message: ({ subject, who }) => `${quote(subject)} stands for everybody in a cluster, expected ${who}`,
    help: () => "name specific groups, users or service accounts",
  }),
  MW0654: entry<{ kind: string }>({
    name: "subject-with-namespace",
    severity: "error",
    meaning: "A subject of a guard has a namespace, but is not a service account.",
    message: ({ kind }) => `a subject of kind ${quote(kind)} has a namespace, expected one for service accounts only`,
    help: () => "remove `namespace`, or use the kind `ServiceAccount`",
  }),
  MW0655: entry<{ host: string }>({
    name: "guarded-host",
    severity: "error",
    meaning: "A guard gives a team a host that is the name of a Service, or that covers names of other teams.",
    message: ({ host }) =>
      `${quote(host)} can't belong to a team, expected a host that has a dot and is not a Service's, ` +
      "such as `*.shop.global`",
    help: () => "remove it: Services belong to the team that owns their namespace",
  }),
};
