import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 065x: guards, by which API servers hold what previews check. */
export const guards = {
  MW0650: entry<{ fleet: string }>({
    name: "guard-without-operators",
    severity: "error",
    meaning: "A workspace or a gateway has a guard, and the fleet does not say who the operators are.",
    message: ({ fleet }) =>
      `there is a guard, and Fleet ${quote(fleet)} names no operators: it would hold them as well`,
    help: ({ fleet }) =>
      `add \`guard: { operators: [...] }\` to ${quote(fleet)}, with the groups of the operators and whoever runs their stacks`,
  }),
  MW0651: entry<{ gateway: string; workspaces: readonly string[] }>({
    name: "guard-without-writers",
    severity: "error",
    meaning: "A gateway has a guard and names workspaces of which nobody says who writes for them.",
    message: ({ gateway, workspaces }) =>
      `VirtualGateway ${quote(gateway)} has a guard, and nobody says who writes for ${list(workspaces)}: clusters would refuse their routes`,
    help: ({ workspaces }) => `add \`guard: { subjects: [...] }\` to the Workspace ${list(workspaces)}`,
  }),
  MW0652: entry<{ subject: string; workspace: string }>({
    name: "operator-writes-for-team",
    severity: "warning",
    meaning: "A subject is both an operator and one of a team's: as an operator, no guard holds it.",
    message: ({ subject, workspace }) =>
      `${quote(subject)} writes for ${quote(workspace)} and is an operator, whom no guard holds`,
    help: ({ subject }) => `remove ${quote(subject)} here, or from \`guard.operators\` of the fleet`,
  }),
  MW0653: entry<{ subject: string; who: string }>({
    name: "guard-for-everybody",
    severity: "error",
    meaning: "A subject of a guard is everybody, or everything that runs in the cluster.",
    message: ({ subject, who }) => `${quote(subject)} is everybody in a cluster, expected ${who}`,
    help: () => "name the groups, users or service accounts that are meant",
  }),
  MW0654: entry<{ kind: string }>({
    name: "subject-with-namespace",
    severity: "error",
    meaning: "A subject of a guard has a namespace and is no service account.",
    message: ({ kind }) => `a subject of kind ${quote(kind)} has a namespace, expected one for service accounts only`,
    help: () => "remove `namespace`, or use the kind `ServiceAccount`",
  }),
  MW0655: entry<{ host: string }>({
    name: "guarded-host",
    severity: "error",
    meaning: "A guard gives a team a host that is the name of a Service, or that stands for names of everybody.",
    message: ({ host }) =>
      `${quote(host)} can't belong to a team, expected a host with a dot that is no Service's, such as \`*.shop.global\``,
    help: () => "remove it: Services belong to the team that owns their namespace",
  }),
};
