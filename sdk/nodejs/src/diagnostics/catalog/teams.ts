import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** An effect of a resource on a namespace. */
export type Reach = "lies" | "selects" | "writes" | "routes" | "steers" | "trims";

const REACHES: Readonly<Record<Reach, string>> = {
  lies: "is in",
  selects: "selects pods of",
  writes: "puts objects into",
  routes: "routes to",
  steers: "sets routes for the sidecars of",
  trims: "trims the sidecars of",
};

/** A reason why an endpoint is not external to the fleet. */
export type Inside =
  | "unspecified"
  | "loopback"
  | "link-local"
  | "metadata"
  | "multicast"
  | "reserved"
  | "kubernetes"
  | "east-west";

const INSIDES: Readonly<Record<Inside, string>> = {
  unspecified: "stands for the caller's own machine",
  loopback: "is the caller's own machine",
  "link-local": "is link-local to the caller's machine",
  metadata: "is the metadata server of a cloud",
  multicast: "stands for many machines",
  reserved: "is reserved",
  kubernetes: "is the name of a Service or a pod",
  "east-west": "is an east-west gateway of the fleet",
};

/** The resource in which operators write their consent. */
export function consentOf(own: string | undefined): string {
  return own === undefined ? "the fleet" : `workspace ${quote(own)}`;
}

/** 063x: effects of a resource on other teams. */
export const teams = {
  MW0630: entry<{ reach: Reach; namespace: string; owner: string; own?: string; destination?: string }>({
    name: "namespace-of-another-team",
    severity: "error",
    meaning:
      "A resource is in, routes to, or acts on a namespace that a workspace owns, but does not belong to that " +
      "workspace.",
    message: ({ reach, namespace, owner, own, destination }) =>
      destination === undefined
        ? `it ${REACHES[reach]} the namespace ${quote(namespace)} of workspace ${quote(owner)}, ` +
          `but belongs to ${own === undefined ? "no workspace" : quote(own)}`
        : `${destination} belongs to no workspace, ` +
          `but is in the namespace ${quote(namespace)} of workspace ${quote(owner)}`,
    help: ({ namespace, owner, own, destination }) => {
      if (destination !== undefined)
        return `set \`workspace\` of ${destination} to its team's, which then has to share it`;
      const consent = `ask the operators to add ${quote(namespace)} to \`mayClaim.namespaces\` of ${consentOf(own)}`;
      return own === undefined
        ? `set \`workspace\` to its team's; if it does not belong to ${quote(owner)}, ${consent}`
        : `use a namespace of ${quote(own)}; otherwise ${consent}`;
    },
  }),
  MW0631: entry<{ host: string; namespace?: string; own?: string }>({
    name: "kubernetes-name-claimed",
    severity: "error",
    meaning: "A destination claims a host that Kubernetes gives to other teams' Services or pods.",
    message: ({ host, namespace }) =>
      namespace === undefined
        ? `host ${quote(host)} stands for Services of every namespace, expected a name outside of Kubernetes`
        : `host ${quote(host)} is the name of a Service in namespace ${quote(namespace)}, ` +
          "expected a name outside of Kubernetes",
    help: ({ host, own }) =>
      `use another host; otherwise ask the operators to add ${quote(host)} to \`mayClaim.hosts\` of ${consentOf(own)}`,
  }),
  MW0632: entry<{ host: string; other: string; otherHost: string; owner: string; own?: string }>({
    name: "host-of-another-team",
    severity: "error",
    meaning: "A destination claims, or leads to, a host that belongs to another team's destination.",
    message: ({ host, other, otherHost, owner }) =>
      host.toLowerCase() === otherHost.toLowerCase()
        ? `host ${quote(host)} belongs to ${other} of workspace ${quote(owner)}`
        : `host ${quote(host)} covers ${quote(otherHost)} of ${other} of workspace ${quote(owner)}`,
    help: ({ host, own }) =>
      own === undefined
        ? "use another host; or, if this belongs to the operators, set `workspace` to theirs " +
          `and add ${quote(host)} to that workspace's \`mayClaim.hosts\`: ` +
          "callers that see the narrower host continue to reach it"
        : `use another host; otherwise ask the operators to add ${quote(host)} ` +
          `to \`mayClaim.hosts\` of ${consentOf(own)}`,
  }),
  MW0633: entry<{ address: string; inside: Inside; meant?: string; own?: string }>({
    name: "internal-endpoint",
    severity: "error",
    meaning: "An external service leads to something that is not external: a machine's own address, or a Service.",
    message: ({ address, inside, meant }) =>
      `${quote(address)}${meant === undefined ? "" : `, which is ${meant},`} ${INSIDES[inside]}, ` +
      "expected an address outside of the fleet",
    help: ({ inside, own }) =>
      inside === "kubernetes"
        ? "route to the Service, which its team has to share"
        : `use another address; otherwise ask the operators to add it to \`mayClaim\` of ${consentOf(own)}`,
  }),
  MW0634: entry<{ address: string; part: string; own?: string }>({
    name: "internal-addresses",
    severity: "error",
    meaning:
      "An external service has addresses that may belong to pods and Services, for callers in other teams' namespaces.",
    message: ({ address, part }) =>
      `${quote(address)} contains ${part} addresses, and other teams' callers see the service: ` +
      "it would take their requests to pods and Services there",
    help: ({ address, own }) =>
      "use public addresses, or set `exportTo` to " +
      `${own === undefined ? "namespaces that no team owns" : `namespaces of ${quote(own)}`}; ` +
      `otherwise ask the operators to add ${quote(address)} to \`mayClaim.addresses\` of ${consentOf(own)}`,
  }),
  MW0635: entry<{ address: string; other: string; otherAddress: string; owner: string; own?: string }>({
    name: "addresses-of-another-team",
    severity: "error",
    meaning:
      "An external service has addresses of another team's external service, for callers in other teams' namespaces.",
    message: ({ address, other, otherAddress, owner }) =>
      `${quote(address)} overlaps with ${quote(otherAddress)} of ${other} of workspace ${quote(owner)}`,
    help: ({ address, own }) =>
      "use other addresses, or set `exportTo` to your own namespaces; " +
      `otherwise ask the operators to add ${quote(address)} to \`mayClaim.addresses\` of ${consentOf(own)}`,
  }),
  MW0636: entry<{ other: string; namespace: string; owner?: string }>({
    name: "proxies-of-another-team",
    severity: "error",
    meaning:
      "A gateway's labels select proxies of a gateway in another team's namespace; " +
      "Istio matches these labels in all namespaces.",
    message: ({ other, namespace, owner }) =>
      `these labels also select the proxies of ${other}, in the namespace ${quote(namespace)}` +
      (owner === undefined ? "" : ` of workspace ${quote(owner)}`),
    help: () =>
      "add a label that only this gateway's pods have, such as a unique value of `app`, " +
      "to `workloads.labels` and to the pods",
  }),
  MW0637: entry<{ workspace: string; other: string }>({
    name: "duplicate-settings",
    severity: "error",
    meaning: "A workspace has two WorkspaceSettings, so one may share what the other does not.",
    message: ({ workspace, other }) =>
      `workspace ${quote(workspace)} has the settings ${quote(other)} too, expected one WorkspaceSettings`,
    help: ({ other }) => `remove these or ${quote(other)}`,
  }),
  MW0638: entry<{ hosts: readonly string[]; own?: string }>({
    name: "exported-to-all",
    severity: "error",
    meaning: "A destination is exported to every team, so its hosts are taken from all of them.",
    message: ({ hosts, own }) =>
      own === undefined
        ? `it belongs to no workspace, and would take ${list(hosts)} for callers of every team, ` +
          "expected namespaces that no team owns"
        : `\`*\` would take ${list(hosts)} for callers of every team, expected namespaces, ` +
          `or no \`exportTo\`, which exports to ${quote(own)} and the workspaces in its settings`,
    help: ({ own }) =>
      (own === undefined ? "set the `workspace` of its team, or set `exportTo`" : "remove `exportTo`") +
      "; otherwise ask the operators to add the hosts to `mayClaim.hosts` " +
      `of ${own === undefined ? "" : `workspace ${quote(own)} or of `}the fleet`,
  }),
  MW0639: entry<{ namespace: string; gateways: readonly string[]; policies: readonly string[] }>({
    name: "filters-beside-gateway",
    severity: "warning",
    meaning:
      "A table's routes are written to the team's namespace, but some of its policies need an EnvoyFilter, " +
      "which works only in the namespace of the gateway's proxies.",
    message: ({ namespace, gateways, policies }) =>
      `the routes are written to ${quote(namespace)}, ` +
      `but ${list(policies)} ${policies.length === 1 ? "needs" : "need"} an EnvoyFilter in ${list(gateways)}, ` +
      "where the proxies run",
    help: ({ gateways }) =>
      `grant whoever applies the table the right to write EnvoyFilters in ${list(gateways)}; ` +
      "or have the gateway's owner list these policies",
  }),
  MW0640: entry<{ policy: string; gateway: string; owner: string; own?: string }>({
    name: "probes-of-another-team",
    severity: "error",
    meaning: "A destination is probed by another team's gateway, which allows no tables of the destination's team.",
    message: ({ policy, gateway, owner, own }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} makes VirtualGateway ${quote(gateway)} of workspace ${quote(owner)} ` +
      `probe, but that gateway allows no tables ${own === undefined ? "without a workspace" : `of ${quote(own)}`}`,
    help: ({ policy, gateway }) =>
      `remove ${quote(gateway)} from ${quote(policy)}, ` +
      "or ask the gateway's owner to allow the workspace in `allowedRouteTables`",
  }),
};
