import { entry } from "../catalog-entry.js";
import { list, quote, suggest } from "../words.js";

/** 06xx: workspaces. */
export const workspaces = {
  MW0601: entry<{
    workspace: string;
    namespace: string;
    clusters: readonly string[];
    known: readonly string[];
  }>({
    name: "outside-of-workspace",
    severity: "error",
    meaning: "A resource belongs to a workspace and lies in a namespace that the workspace does not own.",
    message: ({ workspace, namespace, clusters }) =>
      `workspace ${quote(workspace)} does not own the namespace ${quote(namespace)} of ${list(clusters)}`,
    help: ({ workspace, namespace, clusters, known }) =>
      known.includes(namespace)
        ? `it owns the namespace in other clusters only: add ${list(clusters)} to the \`workloadClusters\` of ${quote(workspace)}`
        : suggest(namespace, known, "Its namespaces"),
  }),
  MW0602: entry<{
    what: "ExternalService" | "RouteTable" | "Service" | "VirtualDestination";
    name: string;
    owner: string;
    user?: string;
    notExported: boolean;
    notImported: boolean;
    withoutSettings?: boolean;
  }>({
    name: "not-exported",
    severity: "error",
    meaning:
      "A route leads to a destination or a table of another workspace that its owner does not export to the table's workspace, or that this one does not import.",
    message: ({ what, name, owner, user, notExported, notImported }) => {
      const resource = `${what} ${quote(name)} of workspace ${quote(owner)}`;
      if (user === undefined) return `${resource} is not for a table that belongs to no workspace`;
      const lacks = [
        ...(notExported ? [`${quote(owner)} does not export it to ${quote(user)}`] : []),
        ...(notImported ? [`${quote(user)} does not import it`] : []),
      ];
      return `${resource} is not shared: ${lacks.join(", and ")}`;
    },
    help: ({ owner, user, notExported, notImported, withoutSettings }) => {
      if (user === undefined) return "give the table the `workspace` of its team";
      if (withoutSettings)
        return `name the WorkspaceSettings of ${quote(owner)} in \`importFrom\` of ${quote(user)}, by which it exports the Service`;
      const steps = [
        ...(notExported
          ? [`${quote(owner)} would have to name ${quote(user)} in \`exportTo\` of its WorkspaceSettings`]
          : []),
        ...(notImported
          ? [`${quote(user)} would have to name ${quote(owner)} in \`importFrom\` of its WorkspaceSettings`]
          : []),
      ];
      return steps.join(", and ");
    },
  }),
  MW0603: entry<{ table: string; gateway: string; workspace?: string; wanted: readonly string[] }>({
    name: "workspace-not-allowed",
    severity: "error",
    meaning: "A gateway allows a host to the route tables of some workspaces, and the table belongs to none of them.",
    message: ({ table, gateway, workspace, wanted }) =>
      `VirtualGateway ${quote(gateway)} allows this host to tables of ${list(wanted, "or")}, and ${quote(table)} belongs to ${workspace === undefined ? "no workspace" : quote(workspace)}`,
    help: ({ workspace }) =>
      workspace === undefined
        ? "give the table the `workspace` of its team, or ask the gateway's owner to allow the host to other tables"
        : `ask the gateway's owner to add ${quote(workspace)} to \`workspaces\` of the host in \`allowedRouteTables\``,
  }),
  MW0604: entry<{
    user: string;
    service: string;
    namespace: string;
    cluster: string;
    known: readonly string[];
  }>({
    name: "service-of-unknown-workspace",
    severity: "error",
    meaning:
      "A route leads to a Kubernetes Service in a namespace that neither the table's workspace owns nor one from which it imports.",
    message: ({ user, service, namespace, cluster }) =>
      `the Service ${quote(`${namespace}/${service}`)} of ${quote(cluster)} is not of workspace ${quote(user)}, nor of one from which it imports`,
    help: ({ user, known }) =>
      `name the WorkspaceSettings of the Service's owner in \`importFrom\` of ${quote(user)}, or route to a Service in ${list(known, "or")}`,
  }),
  MW0605: entry<{ workspace: string; other: string }>({
    name: "import-without-export",
    severity: "warning",
    meaning: "A workspace imports from another one that exports nothing to it.",
    message: ({ workspace, other }) =>
      `${quote(workspace)} imports from ${quote(other)}, which exports nothing to ${quote(workspace)}`,
    help: ({ workspace, other }) =>
      `${quote(other)} would have to name ${quote(workspace)} in \`exportTo\` of its WorkspaceSettings; or remove the import`,
  }),
  MW0606: entry<{ namespace: string; cluster: string; other: string }>({
    name: "namespace-owned-twice",
    severity: "error",
    meaning: "Two workspaces own one namespace.",
    message: ({ namespace, cluster, other }) =>
      `the namespace ${quote(namespace)} of ${quote(cluster)} belongs to workspace ${quote(other)} already`,
    help: ({ namespace, other }) => `remove ${quote(namespace)} here or from ${quote(other)}`,
  }),
  MW0620: entry<{ destination: string; clusters: readonly string[] }>({
    name: "isolation-without-mesh",
    severity: "error",
    meaning:
      "A workspace isolates its destinations, and one has pods in a cluster without sidecars, where nothing enforces it.",
    message: ({ destination, clusters }) =>
      `${quote(destination)} is not isolated in ${list(clusters)}, where pods have no sidecars`,
    help: () =>
      "remove the services of clusters whose `mesh` is `NONE`, or `options.serviceIsolation` of the workspace's settings",
  }),
  MW0621: entry<{ policy: string; namespace: string; workspaces: readonly string[] }>({
    name: "access-under-isolation",
    severity: "error",
    meaning:
      "An access policy lets in callers that service isolation refuses: both hold, and isolation lets in the own workspace and those that the destination is exported to.",
    message: ({ policy, namespace, workspaces }) =>
      `AccessPolicy ${quote(policy)} lets in callers of the namespace ${quote(namespace)}, which isolation refuses: it is for callers of ${list(workspaces)}`,
    help: ({ namespace }) =>
      `export the destination to the workspace of ${quote(namespace)}, or remove the namespace from the policy`,
  }),
  MW0622: entry<{ kind: string; policy: string; mode: string }>({
    name: "tls-under-isolation",
    severity: "error",
    meaning: "A policy of an isolated destination has another TLS mode than mutual TLS only.",
    message: ({ kind, policy, mode }) =>
      `${kind} ${quote(policy)} has the mode ${quote(mode)}, and isolated destinations take mutual TLS only`,
    help: ({ kind, policy }) =>
      kind === "AccessPolicy"
        ? "remove `authn` from the policy, or set it to `STRICT`"
        : `remove ${quote(policy)} here`,
  }),
  MW0623: entry<{
    destination: string;
    gateway: string;
    namespace: string;
    clusters: readonly string[];
    owner: string;
  }>({
    name: "gateway-under-isolation",
    severity: "error",
    meaning:
      "A route leads from a gateway to an isolated destination, which refuses the gateway's proxies because their namespace is of no workspace that it is exported to.",
    message: ({ destination, gateway, namespace, clusters }) =>
      `${quote(destination)} is isolated and refuses VirtualGateway ${quote(gateway)}, whose proxies are in the namespace ${quote(namespace)} of ${list(clusters)}`,
    help: ({ namespace, owner }) =>
      `${quote(owner)} would have to export the destination to the workspace that owns ${quote(namespace)}`,
  }),
  MW0624: entry<{ destination: string; callers: readonly string[] }>({
    name: "termination-under-isolation",
    severity: "error",
    meaning:
      "An isolated destination ends TLS at the east-west gateway, so that pods can't tell the callers of other networks apart.",
    message: ({ destination, callers }) =>
      `${quote(destination)} is isolated, and pods see all callers of ${list(callers)} as one, the east-west gateway`,
    help: () => "remove `clientMode.tlsTermination`, or `options.serviceIsolation` of the workspace's settings",
  }),
};
