import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";
import { consentOf } from "./teams.js";

/** 0641 to 0647: reaching other teams' callers and proxies, and the whole fleet. */
export const reachingFurther = {
  MW0641: entry<{ hosts: readonly string[]; to: string; own?: string; lacks: "export" | "import" }>({
    name: "exported-to-another-team",
    severity: "error",
    meaning:
      "Callers of a team would get hosts of another team's destination, or of nobody's, " +
      "but the two teams' settings don't both agree to that.",
    message: ({ hosts, to, own, lacks }) =>
      own === undefined
        ? `callers of workspace ${quote(to)} would get ${list(hosts)} from a destination without a workspace, ` +
          "expected namespaces that no team owns"
        : `callers of workspace ${quote(to)} would get ${list(hosts)} from ${quote(own)}, expected ${
            lacks === "export"
              ? `an export to ${quote(to)} in the settings of ${quote(own)}`
              : `an import from ${quote(own)} in the settings of ${quote(to)}`
          }`,
    help: ({ to, own, lacks }) =>
      own === undefined
        ? `set the \`workspace\` of its team, or remove the namespace of ${quote(to)} from \`exportTo\`; otherwise ` +
          "ask the operators to add the hosts to `mayClaim.hosts` of the fleet"
        : (lacks === "export"
            ? `remove the namespace of ${quote(to)} from \`exportTo\`, or share the destination: set \`exportTo\` ` +
              `in the WorkspaceSettings of ${quote(own)}, and \`importFrom\` in those of ${quote(to)}`
            : `add the settings of ${quote(own)} to \`importFrom\` of ${quote(to)}, and declare that before this ` +
              "resource, or don't export to that workspace; namespaces of gateways that several teams share belong in " +
              "`gatewayNamespaces` of the fleet") +
          `; otherwise ask the operators to add the hosts to \`mayClaim.hosts\` of workspace ${quote(own)}`,
  }),
  MW0642: entry<{ namespace: string; own?: string }>({
    name: "root-namespace",
    severity: "error",
    meaning:
      "A resource that does not belong to the operators puts objects into Istio's root namespace, " +
      "where they apply to the whole mesh.",
    message: ({ namespace, own }) =>
      `its objects are in ${quote(namespace)}, where Istio applies them to proxies of every namespace, ` +
      `expected a namespace of ${own === undefined ? "a team" : quote(own)}`,
    help: ({ namespace, own }) =>
      `use another namespace, or set \`workspace\` to the operators' workspace that owns ${quote(namespace)}; ` +
      `otherwise ask the operators to add ${quote(namespace)} to \`mayClaim.namespaces\` of ${consentOf(own)}`,
  }),
  MW0643: entry<{ name: string; what: "secret" | "file"; namespaces: readonly string[]; own?: string }>({
    name: "secret-of-others",
    severity: "error",
    meaning: "A resource makes other teams' proxies use their own Secret or file, and with it their certificates.",
    message: ({ name, what, namespaces }) =>
      `other teams' proxies (${list(namespaces)}) would use their own ${what === "secret" ? "Secret" : "file"} ` +
      `${quote(name)} for this, expected the operators' consent`,
    help: ({ name, own }) =>
      "set `exportTo` to your own namespaces; " +
      `otherwise ask the operators to add ${quote(name)} to \`mayUseSecrets\` of ${consentOf(own)}`,
  }),
  MW0644: entry<{ cluster: string; other: string }>({
    name: "fleets-share-a-cluster",
    severity: "error",
    meaning:
      "Two fleets share a cluster and one of them has workspaces, whose limits don't apply to resources of the other.",
    message: ({ cluster, other }) =>
      `cluster ${quote(cluster)} belongs to Fleet ${quote(other)} too, ` +
      "expected one fleet for a cluster whose namespaces have owners",
    help: () => "merge the two fleets into one, and divide it among teams with workspaces",
  }),
  MW0645: entry<{ workspace: string; other: string; fleet: string; cluster: string }>({
    name: "workspace-of-another-fleet",
    severity: "error",
    meaning: "A resource belongs to a workspace of another fleet, which owns nothing in the resource's clusters.",
    message: ({ workspace, other, fleet, cluster }) =>
      `workspace ${quote(workspace)} belongs to Fleet ${quote(other)}, which has no cluster ${quote(cluster)}, ` +
      `expected a workspace of Fleet ${quote(fleet)}`,
    help: ({ fleet }) => `use the team's workspace in ${quote(fleet)}, which its operators declare`,
  }),
  MW0646: entry<{ label: string; own?: string }>({
    name: "endpoint-label-of-istio",
    severity: "error",
    meaning:
      "An endpoint of an external service has a label by which Istio sends its traffic to a network's gateway, " +
      "or leaves out mutual TLS.",
    message: ({ label }) =>
      `the label ${quote(label)} tells Istio through which gateway and with which TLS to reach an endpoint, ` +
      "expected labels with no meaning for Istio",
    help: ({ own }) =>
      "remove the label; otherwise ask the operators to add the endpoint's address to `mayClaim.addresses` " +
      `of ${consentOf(own)}`,
  }),
  MW0647: entry<{ host: string; wide: string; table: string; owner: string; gateway: string; own?: string }>({
    name: "host-under-a-wildcard-of-another-team",
    severity: "error",
    meaning:
      "A table takes a host from under the wildcard of another team's table, at a gateway that assigns the host to no " +
      "team.",
    message: ({ host, wide, table, owner, gateway }) =>
      `host ${quote(host)} would take requests from ${quote(wide)} of RouteTable ${quote(table)} of workspace ` +
      `${quote(owner)} on VirtualGateway ${quote(gateway)}`,
    help: ({ host, own, gateway }) =>
      `use another host; otherwise ask the owner of ${quote(gateway)} to assign it to ` +
      `${own === undefined ? "a workspace" : quote(own)} in \`allowedRouteTables\`, or the operators to add ` +
      `${quote(host)} to \`mayClaim.hosts\` of ${consentOf(own)}`,
  }),
};
