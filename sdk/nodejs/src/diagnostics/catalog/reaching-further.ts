import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** Where the operators would have to write their consent. */
function consentOf(own: string | undefined): string {
  return own === undefined ? "the fleet" : `workspace ${quote(own)}`;
}

/** 0641 to 0644: what teams touch of callers and proxies of others, and of the whole fleet. */
export const reachingFurther = {
  MW0641: entry<{ hosts: readonly string[]; to: string; own: string; lacks: "export" | "import" }>({
    name: "exported-to-another-team",
    severity: "error",
    meaning:
      "Callers of another team would get hosts of a team's destination, and the two teams' settings don't both say so.",
    message: ({ hosts, to, own, lacks }) =>
      `callers of workspace ${quote(to)} would get ${list(hosts)} from ${quote(own)}, expected ${
        lacks === "export"
          ? `an export to ${quote(to)} in the settings of ${quote(own)}`
          : `an import from ${quote(own)} in the settings of ${quote(to)}`
      }`,
    help: ({ to, own, lacks }) =>
      `${
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
};
