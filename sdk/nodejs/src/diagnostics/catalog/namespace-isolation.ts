import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 0656 to 0659: isolation of a workspace's namespaces. */
export const namespaceIsolation = {
  MW0656: entry<{ workspace: string; namespaces: readonly string[]; clusters: readonly string[] }>({
    name: "namespaces-without-mesh",
    severity: "warning",
    meaning:
      "A workspace isolates its namespaces, and owns some in a cluster without a mesh, where nothing enforces it.",
    message: ({ workspace, namespaces, clusters }) =>
      `workspace ${quote(workspace)} is not isolated in ${list(clusters)}, ` +
      `where pods of ${list(namespaces)} have no sidecars`,
    help: ({ clusters }) =>
      `leave ${list(clusters)} out of \`workloadClusters\` of the workspace, or isolate these pods by other means`,
  }),
  MW0657: entry<{
    service: string;
    home: string;
    gateway?: string;
    namespace: string;
    clusters: readonly string[];
    owner: string;
    withoutMesh: boolean;
  }>({
    name: "service-under-isolation",
    severity: "error",
    meaning: "A route leads to a Kubernetes Service in an isolated namespace that refuses the route's callers.",
    message: ({ service, home, gateway, namespace, clusters, withoutMesh }) => {
      const callers = gateway === undefined ? "callers with sidecars" : `VirtualGateway ${quote(gateway)}`;
      const place = `in the namespace ${quote(namespace)} of ${list(clusters)}`;
      const end = withoutMesh ? ", where no mesh gives callers an identity" : "";
      return `${service} of ${quote(home)} is isolated and refuses ${callers} ${place}${end}`;
    },
    help: ({ gateway, namespace, owner, withoutMesh }) => {
      if (withoutMesh) return "limit the table's callers to clusters with a mesh";
      const exported = `ask ${quote(owner)} to export its Services to the workspace that owns ${quote(namespace)}`;
      return gateway === undefined
        ? exported
        : `add ${quote(namespace)} to \`gatewayNamespaces\` of the fleet if teams share the gateway; or ${exported}`;
    },
  }),
  MW0658: entry<{ workspace: string; namespace: string; clusters: readonly string[] }>({
    name: "isolates-the-mesh",
    severity: "warning",
    meaning:
      "A workspace isolates its namespaces, and owns Istio's root namespace, whose policies act on the whole mesh.",
    message: ({ workspace, namespace, clusters }) =>
      `workspace ${quote(workspace)} is not isolated in ${quote(namespace)}, the root namespace of ` +
      `${list(clusters)}: ` +
      "a policy there would act on every namespace",
    help: () => "leave the root namespace to the operators, and move the team's pods to another namespace",
  }),
  MW0659: entry<{ workspace: string }>({
    name: "isolation-without-fleet",
    severity: "warning",
    meaning: "Settings isolate a workspace of another stack, and refer to no fleet whose clusters they could reach.",
    message: ({ workspace }) =>
      `workspace ${quote(workspace)} comes from another stack without its fleet, so its namespaces are not isolated: ` +
      "only its virtual destinations are",
    help: () => "declare the WorkspaceSettings in the stack that declares the workspace",
  }),
};
