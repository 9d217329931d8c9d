import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** What a resource does in a namespace. */
export type Reach = "lies" | "selects" | "writes" | "routes" | "steers" | "trims";

const REACHES: Readonly<Record<Reach, string>> = {
  lies: "lies in",
  selects: "selects pods of",
  writes: "puts objects into",
  routes: "leads to",
  steers: "steers the sidecars of",
  trims: "trims the sidecars of",
};

/** What an endpoint is, if not outside of the fleet. */
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
  unspecified: "stands for the machine that calls",
  loopback: "is the machine that calls",
  "link-local": "lies on the link of the machine that calls",
  metadata: "is the metadata server of a cloud",
  multicast: "stands for many machines",
  reserved: "is reserved",
  kubernetes: "is the name of a Service or a pod",
  "east-west": "is an east-west gateway of the fleet",
};

/** 063x: what a resource touches of other teams. */
export const teams = {
  MW0630: entry<{ reach: Reach; namespace: string; owner: string; own?: string; destination?: string }>({
    name: "namespace-of-another-team",
    severity: "error",
    meaning:
      "A resource lies in, routes to, or acts on a namespace that a workspace owns, and does not belong to that workspace.",
    message: ({ reach, namespace, owner, own, destination }) =>
      destination === undefined
        ? `it ${REACHES[reach]} the namespace ${quote(namespace)} of workspace ${quote(owner)}, and belongs to ${own === undefined ? "no workspace" : quote(own)}`
        : `${destination} belongs to no workspace, and lies in the namespace ${quote(namespace)} of workspace ${quote(owner)}`,
    help: ({ namespace, owner, own, destination }) =>
      destination !== undefined
        ? `give ${destination} the \`workspace\` of its team, which then has to share it`
        : own === undefined
          ? `give it the \`workspace\` of its team; what is not of ${quote(owner)} needs the operators' consent: ${quote(namespace)} in \`mayClaim.namespaces\` of the fleet`
          : `use a namespace of ${quote(own)}; or the operators would have to name ${quote(namespace)} in \`mayClaim.namespaces\` of ${quote(own)}`,
  }),
  MW0631: entry<{ host: string; namespace?: string; own?: string }>({
    name: "kubernetes-name-claimed",
    severity: "error",
    meaning: "A destination claims a host that Kubernetes gives to Services or pods of others.",
    message: ({ host, namespace }) =>
      namespace === undefined
        ? `host ${quote(host)} stands for Services of every namespace, expected a name outside of Kubernetes`
        : `host ${quote(host)} is the name of a Service in the namespace ${quote(namespace)}, expected a name outside of Kubernetes`,
    help: ({ host, own }) =>
      `use another host; or the operators would have to name ${quote(host)} in \`mayClaim.hosts\` of ${own === undefined ? "the fleet" : `workspace ${quote(own)}`}`,
  }),
  MW0632: entry<{ host: string; other: string; otherHost: string; owner: string; own?: string }>({
    name: "host-of-another-team",
    severity: "error",
    meaning: "A destination claims, or leads to, a host that a destination of another team has.",
    message: ({ host, other, otherHost, owner }) =>
      host.toLowerCase() === otherHost.toLowerCase()
        ? `host ${quote(host)} is that of ${other} of workspace ${quote(owner)}`
        : `host ${quote(host)} covers ${quote(otherHost)} of ${other} of workspace ${quote(owner)}`,
    help: ({ host, own }) =>
      own === undefined
        ? `use another host; or, if it is the operators', give it their \`workspace\` and name ${quote(host)} in \`mayClaim.hosts\` of that: callers that see the narrower host go on to get it`
        : `use another host; or the operators would have to name ${quote(host)} in \`mayClaim.hosts\` of workspace ${quote(own)}`,
  }),
  MW0633: entry<{ address: string; inside: Inside; meant?: string; own?: string }>({
    name: "endpoint-inside",
    severity: "error",
    meaning: "An external service leads to something that is not outside: a machine's own address, or a Service.",
    message: ({ address, inside, meant }) =>
      `${quote(address)}${meant === undefined ? "" : `, which is ${meant},`} ${INSIDES[inside]}, expected an address outside of the fleet`,
    help: ({ inside, own }) =>
      inside === "kubernetes"
        ? "route to the Service, which its team has to share"
        : `use another address; or the operators would have to name it in \`mayClaim\` of ${own === undefined ? "the fleet" : `workspace ${quote(own)}`}`,
  }),
  MW0634: entry<{ address: string; part: string; own?: string }>({
    name: "addresses-inside",
    severity: "error",
    meaning:
      "An external service takes addresses that may be those of pods and Services, in namespaces of other teams.",
    message: ({ address, part }) =>
      `${quote(address)} holds ${part} addresses, and callers of other teams see the service: what they send to pods and Services there would go to it`,
    help: ({ address, own }) =>
      `name public addresses, or set \`exportTo\` to ${own === undefined ? "namespaces that no team owns" : `namespaces of ${quote(own)}`}; or the operators would have to name ${quote(address)} in \`mayClaim.addresses\` of ${own === undefined ? "the fleet" : `workspace ${quote(own)}`}`,
  }),
  MW0635: entry<{ address: string; other: string; otherAddress: string; owner: string; own?: string }>({
    name: "addresses-of-another-team",
    severity: "error",
    meaning: "An external service takes addresses of one of another team, in namespaces of other teams.",
    message: ({ address, other, otherAddress, owner }) =>
      `${quote(address)} meets ${quote(otherAddress)} of ${other} of workspace ${quote(owner)}`,
    help: ({ address, own }) =>
      `name other addresses, or set \`exportTo\` to own namespaces; or the operators would have to name ${quote(address)} in \`mayClaim.addresses\` of ${own === undefined ? "the fleet" : `workspace ${quote(own)}`}`,
  }),
  MW0636: entry<{ other: string; namespace: string; owner?: string }>({
    name: "proxies-of-another-team",
    severity: "error",
    meaning:
      "A gateway's labels choose proxies of a gateway in another namespace that is not the team's; Istio compares labels in all namespaces.",
    message: ({ other, namespace, owner }) =>
      `these labels choose the proxies of ${other} too, in the namespace ${quote(namespace)}${owner === undefined ? "" : ` of workspace ${quote(owner)}`}`,
    help: () =>
      "add a label that only the gateway's own pods carry, such as the value of `app`, to `workloads.labels` and to the pods",
  }),
  MW0637: entry<{ workspace: string; other: string }>({
    name: "settings-twice",
    severity: "error",
    meaning: "A workspace has two settings, so that what the one does not share the other may.",
    message: ({ workspace, other }) =>
      `workspace ${quote(workspace)} has the settings ${quote(other)} too, expected one WorkspaceSettings`,
    help: ({ other }) => `remove these or ${quote(other)}`,
  }),
  MW0638: entry<{ hosts: readonly string[]; own?: string }>({
    name: "exported-to-all",
    severity: "error",
    meaning: "A destination is for callers of every team, so that its hosts are taken from all of them.",
    message: ({ hosts, own }) =>
      own === undefined
        ? `it belongs to no workspace, and would take ${list(hosts)} for callers of every team, expected namespaces that no team owns`
        : `\`*\` would take ${list(hosts)} for callers of every team, expected namespaces, or nothing: then it is for ${quote(own)} and whom it exports to`,
    help: ({ own }) =>
      own === undefined
        ? "give it the `workspace` of its team, or set `exportTo`; or the operators would have to name the hosts in `mayClaim.hosts` of the fleet"
        : `leave \`exportTo\` out; or the operators would have to name the hosts in \`mayClaim.hosts\` of workspace ${quote(own)} or of the fleet`,
  }),
  MW0639: entry<{ namespace: string; gateways: readonly string[]; policies: readonly string[] }>({
    name: "filters-beside-gateway",
    severity: "warning",
    meaning:
      "The routes of a table are written in the team's namespace, and policies of it need an EnvoyFilter, which works beside the gateway's proxies only.",
    message: ({ namespace, gateways, policies }) =>
      `the routes are written in ${quote(namespace)}; ${list(policies)} ${policies.length === 1 ? "needs" : "need"} an EnvoyFilter, which is written in ${list(gateways)}, beside the proxies`,
    help: ({ gateways }) =>
      `whoever applies the table needs the right to write EnvoyFilters in ${list(gateways)}; or let the gateway's owner list these policies`,
  }),
  MW0640: entry<{ policy: string; gateway: string; owner: string; own?: string }>({
    name: "probes-of-another-team",
    severity: "error",
    meaning: "A destination is probed by a gateway of another team that takes no tables of the destination's team.",
    message: ({ policy, gateway, owner, own }) =>
      `ActiveHealthCheckPolicy ${quote(policy)} has VirtualGateway ${quote(gateway)} of workspace ${quote(owner)} probe, which takes no tables of ${own === undefined ? "nobody" : quote(own)}`,
    help: ({ policy, gateway }) =>
      `remove ${quote(gateway)} from ${quote(policy)}, or ask the gateway's owner to allow the workspace in \`allowedRouteTables\``,
  }),
};
