import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** Where the operators would have to write their consent. */
function consentOf(own: string | undefined): string {
  return own === undefined ? "the fleet" : `workspace ${quote(own)}`;
}

/** 0641 to 0647: what teams touch of callers and proxies of others, and of the whole fleet. */
export const reachingFurther = {
  MW0641: entry<{ hosts: readonly string[]; to: string; own?: string; lacks: "export" | "import" }>({
    name: "exported-to-another-team",
    severity: "error",
    meaning:
      "Callers of a team would get hosts of a destination that is not its own, and the two teams' settings don't both say so.",
    message: ({ hosts, to, own, lacks }) =>
      own === undefined
        ? `callers of workspace ${quote(to)} would get ${list(hosts)} from what belongs to no workspace, expected namespaces that no team owns`
        : `callers of workspace ${quote(to)} would get ${list(hosts)} from ${quote(own)}, expected ${
            lacks === "export"
              ? `an export to ${quote(to)} in the settings of ${quote(own)}`
              : `an import from ${quote(own)} in the settings of ${quote(to)}`
          }`,
    help: ({ to, own, lacks }) =>
      own === undefined
        ? `give it the \`workspace\` of its team, or leave ${quote(to)}'s namespace out of \`exportTo\`; or the operators would have to name the hosts in \`mayClaim.hosts\` of the fleet`
        : `${
            lacks === "export"
              ? `leave ${quote(to)}'s namespace out of \`exportTo\`, or share it: \`exportTo\` in the WorkspaceSettings of ${quote(own)}, and \`importFrom\` in those of ${quote(to)}`
              : `let ${quote(to)} name the settings of ${quote(own)} in \`importFrom\`, declared before this, or don't export this to it; gateways of several teams belong into the fleet's \`gatewayNamespaces\``
          }; or the operators would have to name the hosts in \`mayClaim.hosts\` of workspace ${quote(own)}`,
  }),
  MW0642: entry<{ namespace: string; own?: string }>({
    name: "root-namespace",
    severity: "error",
    meaning: "A resource that is not the operators' puts objects into Istio's root namespace, where they act on all.",
    message: ({ namespace, own }) =>
      `its objects lie in ${quote(namespace)}, where Istio applies them to proxies of every namespace, expected a namespace of ${own === undefined ? "a team" : quote(own)}`,
    help: ({ namespace, own }) =>
      `use another namespace, or give it the \`workspace\` of the operators that owns ${quote(namespace)}; or the operators would have to name ${quote(namespace)} in \`mayClaim.namespaces\` of ${consentOf(own)}`,
  }),
  MW0643: entry<{ name: string; what: "secret" | "file"; namespaces: readonly string[]; own?: string }>({
    name: "secret-of-others",
    severity: "error",
    meaning: "A resource has proxies of others use a Secret or a file of theirs, and so their certificates.",
    message: ({ name, what, namespaces }) =>
      `proxies of others (${list(namespaces)}) would use their own ${what === "secret" ? "Secret" : "file"} ${quote(name)} for this, expected the operators' consent`,
    help: ({ name, own }) =>
      `set \`exportTo\` to own namespaces; or the operators would have to name ${quote(name)} in \`mayUseSecrets\` of ${consentOf(own)}`,
  }),
  MW0644: entry<{ cluster: string; other: string }>({
    name: "fleets-share-a-cluster",
    severity: "error",
    meaning:
      "Two fleets have one cluster and one of them has workspaces, which resources of the other are not held to.",
    message: ({ cluster, other }) =>
      `cluster ${quote(cluster)} is one of Fleet ${quote(other)} too, expected one fleet for a cluster whose namespaces have owners`,
    help: () => "make one Fleet of the two; teams get their part of it by workspaces",
  }),
  MW0645: entry<{ workspace: string; other: string; fleet: string; cluster: string }>({
    name: "workspace-of-another-fleet",
    severity: "error",
    meaning: "A resource belongs to a workspace of another fleet, which owns nothing in the resource's clusters.",
    message: ({ workspace, other, fleet, cluster }) =>
      `workspace ${quote(workspace)} is one of Fleet ${quote(other)}, which has no cluster ${quote(cluster)}, expected a workspace of Fleet ${quote(fleet)}`,
    help: ({ fleet }) => `use the team's workspace in ${quote(fleet)}, which its operators declare`,
  }),
  MW0646: entry<{ label: string; own?: string }>({
    name: "endpoint-label-of-istio",
    severity: "error",
    meaning:
      "An endpoint of an external service has a label by which Istio leads elsewhere, to the gateway of a network, or leaves out mutual TLS.",
    message: ({ label }) =>
      `the label ${quote(label)} says how Istio reaches an endpoint, by which gateway and by which TLS, expected labels of one's own`,
    help: () => "remove the label; or the operators would have to name the endpoint's address in `mayClaim.addresses`",
  }),
  MW0647: entry<{ host: string; wide: string; table: string; owner: string; gateway: string; own?: string }>({
    name: "host-under-a-wildcard-of-another-team",
    severity: "error",
    meaning:
      "A table takes a host from under the wildcard of another team's table, at a gateway that gives the host to nobody.",
    message: ({ host, wide, table, owner, gateway }) =>
      `host ${quote(host)} would take requests from ${quote(wide)} of RouteTable ${quote(table)} of workspace ${quote(owner)} on VirtualGateway ${quote(gateway)}`,
    help: ({ host, own, gateway }) =>
      `use another host; or the owner of ${quote(gateway)} would have to give it to ${own === undefined ? "a workspace" : quote(own)} in \`allowedRouteTables\`, or the operators to name ${quote(host)} in \`mayClaim.hosts\` of ${own === undefined ? "the fleet" : `workspace ${quote(own)}`}`,
  }),
};
