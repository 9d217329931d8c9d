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
    meaning: "A resource belongs to a workspace, but is in a namespace that the workspace does not own.",
    message: ({ workspace, namespace, clusters }) =>
      `workspace ${quote(workspace)} does not own the namespace ${quote(namespace)} in ${list(clusters)}`,
    help: ({ workspace, namespace, clusters, known }) =>
      known.includes(namespace)
        ? "it owns the namespace in other clusters only: " +
          `add ${list(clusters)} to the \`workloadClusters\` of ${quote(workspace)}`
        : suggest(namespace, known, `namespaces of ${quote(workspace)}`),
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
      "A route leads to a destination or table of another workspace that its owner does not export to the table's " +
      "workspace, or that the table's workspace does not import.",
    message: ({ what, name, owner, user, notExported, notImported }) => {
      const resource = `${what} ${quote(name)} of workspace ${quote(owner)}`;
      if (user === undefined) return `${resource} is not available to a table that belongs to no workspace`;
      const lacks = [
        ...(notExported ? [`${quote(owner)} does not export it to ${quote(user)}`] : []),
        ...(notImported ? [`${quote(user)} does not import it`] : []),
      ];
      return `${resource} is not shared: ${lacks.join(", and ")}`;
    },
    help: ({ owner, user, notExported, notImported, withoutSettings }) => {
      if (user === undefined) return "set `workspace` of the table to its team's";
      if (withoutSettings)
        return (
          `add the WorkspaceSettings of ${quote(owner)}, which export the Service, ` +
          `to \`importFrom\` of ${quote(user)}`
        );
      const steps = [
        ...(notExported ? [`ask ${quote(owner)} to add ${quote(user)} to \`exportTo\` of its WorkspaceSettings`] : []),
        ...(notImported ? [`add ${quote(owner)} to \`importFrom\` of the WorkspaceSettings of ${quote(user)}`] : []),
      ];
      return steps.join(", and ");
    },
  }),
  MW0603: entry<{ table: string; gateway: string; workspace?: string; wanted: readonly string[] }>({
    name: "workspace-not-allowed",
    severity: "error",
    meaning:
      "A gateway allows a host to the route tables of some workspaces only, and the table belongs to none of them.",
    message: ({ table, gateway, workspace, wanted }) =>
      `VirtualGateway ${quote(gateway)} allows this host to tables of ${list(wanted, "or")} only, ` +
      `but ${quote(table)} belongs to ${workspace === undefined ? "no workspace" : quote(workspace)}`,
    help: ({ workspace }) =>
      workspace === undefined
        ? "set `workspace` of the table to its team's, or ask the gateway's owner to allow the host to other tables"
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
      "A route leads to a Kubernetes Service in a namespace that is owned neither by the table's workspace nor by " +
      "one that it imports from.",
    message: ({ user, service, namespace, cluster }) =>
      `the Service ${quote(`${namespace}/${service}`)} in ${quote(cluster)} belongs neither to workspace ` +
      `${quote(user)} nor to one that it imports from`,
    help: ({ user, known }) =>
      `add the WorkspaceSettings of the Service's owner to \`importFrom\` of ${quote(user)}, ` +
      `or route to a Service in ${list(known, "or")}`,
  }),
  MW0605: entry<{ workspace: string; other: string }>({
    name: "import-without-export",
    severity: "warning",
    meaning: "A workspace imports from another one that exports nothing to it.",
    message: ({ workspace, other }) =>
      `${quote(workspace)} imports from ${quote(other)}, which exports nothing to ${quote(workspace)}`,
    help: ({ workspace, other }) =>
      `ask ${quote(other)} to add ${quote(workspace)} to \`exportTo\` of its WorkspaceSettings, or remove the import`,
  }),
  MW0606: entry<{ namespace: string; cluster: string; other: string }>({
    name: "namespace-owned-twice",
    severity: "error",
    meaning: "Two workspaces own the same namespace.",
    message: ({ namespace, cluster, other }) =>
      `the namespace ${quote(namespace)} of ${quote(cluster)} already belongs to workspace ${quote(other)}`,
    help: ({ namespace, other }) => `remove ${quote(namespace)} here or from ${quote(other)}`,
  }),
  MW0620: entry<{ destination: string; clusters: readonly string[] }>({
    name: "isolation-without-mesh",
    severity: "error",
    meaning: "A workspace isolates its destinations, but one has pods in a cluster without sidecars to enforce that.",
    message: ({ destination, clusters }) =>
      `${quote(destination)} is not isolated in ${list(clusters)}, where pods have no sidecars`,
    help: () =>
      "remove the services in clusters whose `mesh` is `NONE`, " +
      "or `options.serviceIsolation` of the workspace's settings",
  }),
  MW0621: entry<{ policy: string; namespace: string; workspaces: readonly string[] }>({
    name: "access-under-isolation",
    severity: "error",
    meaning:
      "An access policy allows callers that service isolation denies: both apply, and isolation allows only the " +
      "destination's own workspace and the workspaces that it is exported to.",
    message: ({ policy, namespace, workspaces }) =>
      `AccessPolicy ${quote(policy)} allows callers in namespace ${quote(namespace)}, ` +
      `but isolation denies them: it allows only callers of ${list(workspaces)}`,
    help: ({ namespace }) =>
      `export the destination to the workspace of ${quote(namespace)}, or remove the namespace from the policy`,
  }),
  MW0622: entry<{ kind: string; policy: string; mode: string }>({
    name: "tls-under-isolation",
    severity: "error",
    meaning: "A policy of an isolated destination has a TLS mode that allows anything other than mutual TLS.",
    message: ({ kind, policy, mode }) =>
      `${kind} ${quote(policy)} has the mode ${quote(mode)}, but isolated destinations accept mutual TLS only`,
    help: ({ kind, policy }) =>
      kind === "AccessPolicy"
        ? "remove `authn` from the policy, or set it to `STRICT`"
        : `remove ${quote(policy)} here`,
  }),
  MW0623: entry<{
    destination: string;
    gateway?: string;
    namespace: string;
    clusters: readonly string[];
    owner: string;
  }>({
    name: "gateway-under-isolation",
    severity: "error",
    meaning:
      "A table routes to an isolated destination, which denies the proxies of its gateway, or its sidecars, because " +
      "no workspace that it is exported to owns their namespace.",
    message: ({ destination, gateway, namespace, clusters }) =>
      `${quote(destination)} is isolated and denies ` +
      `${gateway === undefined ? "sidecars, which" : `VirtualGateway ${quote(gateway)}, whose proxies`} ` +
      `are in the namespace ${quote(namespace)} of ${list(clusters)}`,
    help: ({ namespace, owner }) =>
      `ask ${quote(owner)} to export the destination to the workspace that owns ${quote(namespace)}`,
  }),
  MW0624: entry<{ destination: string; callers: readonly string[] }>({
    name: "termination-under-isolation",
    severity: "error",
    meaning:
      "An isolated destination's TLS is terminated at the east-west gateway, so pods can't tell callers on other " +
      "networks apart.",
    message: ({ destination, callers }) =>
      `${quote(destination)} is isolated, but pods see all callers of ${list(callers)} as one, the east-west gateway`,
    help: () => "remove `clientMode.tlsTermination`, or `options.serviceIsolation` of the workspace's settings",
  }),
};
