import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 048x: access policies. */
export const access = {
  MW0480: entry<{ policy: string; clusters: readonly string[] }>({
    name: "access-without-mesh",
    severity: "error",
    meaning: "A destination has an access policy and pods in a cluster without sidecars, where nothing enforces it.",
    message: ({ policy, clusters }) =>
      `AccessPolicy ${quote(policy)} is not enforced in ${list(clusters)}, where pods have no sidecars`,
    help: ({ policy }) =>
      `remove ${quote(policy)} here, or the services of clusters whose \`mesh\` is \`NONE\`; a gateway can list it everywhere`,
  }),
  MW0481: entry<{ policy: string; cluster: string; others: readonly string[]; trustDomain: string }>({
    name: "cluster-without-own-trust-domain",
    severity: "error",
    meaning:
      "An access policy is for callers of one cluster, and another cluster has the same trust domain, so that callers can't be told apart.",
    message: ({ policy, cluster, others }) =>
      `AccessPolicy ${quote(policy)} is for callers of cluster ${quote(cluster)}, whose identities are those of ${list(others)} too`,
    detail: ({ trustDomain }) => `the trust domain of all of them is ${quote(trustDomain)}`,
    help: ({ cluster }) =>
      `give ${quote(cluster)} a \`trustDomain\` of its own, or remove \`cluster\` from the selector`,
  }),
  MW0482: entry<{ policy: string; cluster: string; others: readonly string[] }>({
    name: "trust-domains-may-be-one",
    severity: "warning",
    meaning:
      "An access policy is for callers of one cluster, and Istio takes trust domains for one that are aliases of each other.",
    message: ({ policy, cluster, others }) =>
      `AccessPolicy ${quote(policy)} is for callers of cluster ${quote(cluster)}, and lets in those of ${list(others)} as well wherever Istio's \`trustDomainAliases\` list their trust domains`,
    help: () =>
      "let Istio accept other trust domains by `PILOT_SKIP_VALIDATE_TRUST_DOMAIN` instead of aliases, or remove `cluster` from the selector",
  }),
  MW0483: entry<{ policy: string; port?: number | string; callers?: string }>({
    name: "access-without-identity",
    severity: "error",
    meaning: "An access policy lets in service accounts where callers show no identity, so that nobody gets in.",
    message: ({ policy, port, callers }) => {
      const lets = `AccessPolicy ${quote(policy)} lets in service accounts only`;
      if (port !== undefined) return `${lets}, and clients of port ${port} show none`;
      return callers === undefined
        ? `${lets}, and its \`tlsMode\` \`DISABLE\` keeps callers from showing any`
        : `${lets}, and ClientTLSPolicy ${quote(callers)} keeps callers from showing any`;
    },
    help: ({ port, callers }) => {
      if (port !== undefined)
        return "set the listener's `tls.mode` to `ISTIO_MUTUAL`, or let in clients by other conditions, such as their addresses or tokens";
      return callers === undefined
        ? "set `tlsMode` to `STRICT`, or let in callers by other conditions"
        : `remove ${quote(callers)}, or let in callers by other conditions`;
    },
  }),
  MW0484: entry<{
    policy: string;
    cluster: string;
    namespace: string;
    serviceAccount: string;
    callers: readonly string[];
  }>({
    name: "access-behind-gateway",
    severity: "error",
    meaning:
      "A destination ends TLS at the east-west gateway, whose identity stands for all callers of other networks, and its access policy does not let that identity in.",
    message: ({ policy, cluster, callers }) =>
      `AccessPolicy ${quote(policy)} refuses all requests from ${list(callers)}, which pods in ${quote(cluster)} see coming from the east-west gateway`,
    help: ({ namespace, serviceAccount }) =>
      `remove \`clientMode.tlsTermination\`, or let in the service account ${quote(serviceAccount)} of namespace ${quote(namespace)}, and with it every caller of other networks`,
  }),
  MW0485: entry<{ policy: string; on: "callers" | "gateway" | "networks"; clusters: readonly string[]; mode?: string }>(
    {
      name: "tls-mode-refused",
      severity: "error",
      meaning: "An access policy has a TLS mode that can't hold where it is listed.",
      message: ({ policy, on, clusters, mode }) => {
        if (on === "gateway") return `AccessPolicy ${quote(policy)} has a \`tlsMode\`, which a gateway does not heed`;
        return on === "callers"
          ? `AccessPolicy ${quote(policy)} refuses the connections of all callers, whose ClientTLSPolicy has the mode ${quote(mode)}`
          : `AccessPolicy ${quote(policy)} has the \`tlsMode\` \`DISABLE\`, and ${list(clusters)} can be called from other networks by mutual TLS only`;
      },
      help: ({ on }) => {
        if (on === "gateway")
          return "set `tls.mode` of the listeners, and list a policy without `authn` on the gateway";
        return on === "callers"
          ? "remove one of the two policies here, or set `tlsMode` to `PERMISSIVE`"
          : "set `tlsMode` to `PERMISSIVE`, which takes plaintext as well";
      },
    },
  ),
  MW0486: entry<{ policy: string; rules: number; most: number }>({
    name: "access-too-large",
    severity: "error",
    meaning: "The entries of an access policy combine to more rules than proxies should be given.",
    message: ({ policy, rules, most }) =>
      `AccessPolicy ${quote(policy)} takes ${rules} rules, expected at most ${most}: each entry multiplies them by the number of its conditions`,
    help: () =>
      "merge entries that differ in one field, or give requests that need other conditions a port of their own",
  }),
  MW0487: entry<{ policy: string; port: number; protocol: string }>({
    name: "requests-on-tcp-port",
    severity: "error",
    meaning: "An access policy looks at requests, and a port carries connections that are not looked into.",
    message: ({ policy, port, protocol }) =>
      `AccessPolicy ${quote(policy)} looks at HTTP requests, and port ${port} carries ${protocol}`,
    help: () =>
      "let in callers by service accounts and addresses only, or give the port a destination of its own, or a `protocol` of HTTP if it speaks that",
  }),
  MW0488: entry<{ port: number; policy: string; other: string; otherPolicy?: string }>({
    name: "access-of-shared-proxies",
    severity: "error",
    meaning:
      "Two gateways share proxies and a port and list different access policies, which act before any host is looked at, and so on the requests of both.",
    message: ({ port, policy, other, otherPolicy }) =>
      `${listed(policy)} listed here and ${listed(otherPolicy)} listed on VirtualGateway ${quote(other)}, which has the same proxies and port ${port}`,
    help: () => "list the same AccessPolicy on both gateways, or give one of them other proxies or ports",
  }),
  MW0489: entry<{ policy: string; other: string; namespace: string; cluster: string }>({
    name: "tls-mode-taken-twice",
    severity: "error",
    meaning: "Two destinations with the same pods set their TLS mode, and Istio heeds the older object only.",
    message: ({ policy, other, namespace, cluster }) =>
      `AccessPolicy ${quote(policy)} sets the TLS mode of pods in ${quote(namespace)} of ${quote(cluster)}, and so does VirtualDestination ${quote(other)}`,
    help: () => "set the TLS mode in one place, on a destination with all ports of these pods",
  }),
};

function listed(policy = ""): string {
  return policy === "" ? "no AccessPolicy is" : `AccessPolicy ${quote(policy)} is`;
}
