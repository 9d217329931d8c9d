import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 048x: access policies. */
export const access = {
  MW0480: entry<{ policy: string; clusters: readonly string[] }>({
    name: "access-without-mesh",
    severity: "error",
    meaning:
      "A destination has an access policy, but some of its pods run in a cluster without sidecars to enforce it.",
    message: ({ policy, clusters }) =>
      `AccessPolicy ${quote(policy)} is not enforced in ${list(clusters)}, where pods have no sidecars`,
    help: ({ policy }) =>
      `remove ${quote(policy)} here, or remove the services in clusters whose \`mesh\` is \`NONE\`; ` +
      "a gateway can enforce the policy in any cluster",
  }),
  MW0481: entry<{ policy: string; cluster: string; others: readonly string[]; trustDomain: string }>({
    name: "shared-trust-domain",
    severity: "error",
    meaning:
      "An access policy selects callers by cluster, but another cluster has the same trust domain, " +
      "so their callers can't be told apart.",
    message: ({ policy, cluster, others }) =>
      `AccessPolicy ${quote(policy)} selects callers of cluster ${quote(cluster)}, ` +
      `which shares its trust domain with ${list(others)}`,
    detail: ({ trustDomain }) => `they all have the trust domain ${quote(trustDomain)}`,
    help: ({ cluster }) => `give ${quote(cluster)} a unique \`trustDomain\`, or remove \`cluster\` from the selector`,
  }),
  MW0482: entry<{ policy: string; cluster: string; others: readonly string[] }>({
    name: "aliased-trust-domains",
    severity: "warning",
    meaning:
      "An access policy selects callers by cluster, but Istio treats trust domains that are aliases of each other " +
      "as one.",
    message: ({ policy, cluster, others }) =>
      `AccessPolicy ${quote(policy)} selects callers of cluster ${quote(cluster)}, but also allows callers of ` +
      `${list(others)} if Istio's \`trustDomainAliases\` include their trust domains`,
    help: () =>
      "make Istio accept other trust domains with `PILOT_SKIP_VALIDATE_TRUST_DOMAIN` instead of aliases, " +
      "or remove `cluster` from the selector",
  }),
  MW0483: entry<{ policy: string; port?: number | string; callers?: string }>({
    name: "access-without-identity",
    severity: "error",
    meaning: "An access policy allows only service accounts, but callers present no identity, so none gets in.",
    message: ({ policy, port, callers }) => {
      const allows = `AccessPolicy ${quote(policy)} allows only service accounts`;
      if (port !== undefined) return `${allows}, but clients of port ${port} present no identity`;
      return callers === undefined
        ? `${allows}, but its \`tlsMode\` \`DISABLE\` keeps callers from presenting an identity`
        : `${allows}, but ClientTLSPolicy ${quote(callers)} keeps callers from presenting an identity`;
    },
    help: ({ port, callers }) => {
      if (port !== undefined)
        return (
          "set the listener's `tls.mode` to `ISTIO_MUTUAL`, or allow clients by other conditions, " +
          "such as their addresses or tokens"
        );
      return callers === undefined
        ? "set `tlsMode` to `STRICT`, or allow callers by other conditions"
        : `remove ${quote(callers)}, or allow callers by other conditions`;
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
      "A destination's TLS is terminated at the east-west gateway, so all callers on other networks arrive with the " +
      "gateway's identity, which the destination's access policy does not allow.",
    message: ({ policy, cluster, callers }) =>
      `AccessPolicy ${quote(policy)} denies all requests from ${list(callers)}: ` +
      `pods in ${quote(cluster)} see the east-west gateway as their caller`,
    help: ({ namespace, serviceAccount }) =>
      `remove \`clientMode.tlsTermination\`, or allow the service account ${quote(serviceAccount)} ` +
      `of namespace ${quote(namespace)}, which allows every caller on other networks`,
  }),
  MW0485: entry<{ policy: string; on: "callers" | "gateway" | "networks"; clusters: readonly string[]; mode?: string }>(
    {
      name: "tls-mode-refused",
      severity: "error",
      meaning: "An access policy sets a TLS mode that can't apply where the policy is listed.",
      message: ({ policy, on, clusters, mode }) => {
        if (on === "gateway") return `AccessPolicy ${quote(policy)} sets \`tlsMode\`, which gateways ignore`;
        return on === "callers"
          ? `AccessPolicy ${quote(policy)} rejects every connection: ` +
              `the callers' ClientTLSPolicy has the mode ${quote(mode)}`
          : `AccessPolicy ${quote(policy)} sets \`tlsMode\` to \`DISABLE\`, ` +
              `but other networks reach ${list(clusters)} by mutual TLS only`;
      },
      help: ({ on }) => {
        if (on === "gateway")
          return "set `tls.mode` of the listeners, and list a policy without `authn` on the gateway";
        return on === "callers"
          ? "remove one of the two policies here, or set `tlsMode` to `PERMISSIVE`"
          : "set `tlsMode` to `PERMISSIVE`, which accepts plaintext as well";
      },
    },
  ),
  MW0486: entry<{ policy: string; rules: number; most: number }>({
    name: "access-too-large",
    severity: "error",
    meaning: "The entries of an access policy multiply to more rules than a proxy should be given.",
    message: ({ policy, rules, most }) =>
      `AccessPolicy ${quote(policy)} expands to ${rules} rules, expected at most ${most}: ` +
      "each entry multiplies them by its number of conditions",
    help: () =>
      "merge entries that differ in only one field, or move requests that need other conditions to another port",
  }),
  MW0487: entry<{ policy: string; port: number; protocol: string }>({
    name: "requests-on-tcp-port",
    severity: "error",
    meaning: "An access policy matches HTTP requests, but a port carries connections that proxies don't parse as HTTP.",
    message: ({ policy, port, protocol }) =>
      `AccessPolicy ${quote(policy)} matches HTTP requests, but port ${port} carries ${protocol}`,
    help: () =>
      "allow callers by service account and address only, move the port to its own destination, " +
      "or set its `protocol` to HTTP if it speaks HTTP",
  }),
  MW0488: entry<{ port: number; policy: string; other: string; otherPolicy?: string }>({
    name: "access-of-shared-proxies",
    severity: "error",
    meaning:
      "Two gateways share proxies and a port but list different access policies; proxies apply access policies " +
      "before they look at the host, so each would act on the requests of both gateways.",
    message: ({ port, policy, other, otherPolicy }) =>
      `${listed(policy)} listed here, but ${listed(otherPolicy)} listed on VirtualGateway ${quote(other)}, ` +
      `which has the same proxies and port ${port}`,
    help: () => "list the same AccessPolicy on both gateways, or give one of them different proxies or ports",
  }),
  MW0489: entry<{ policy: string; other: string; namespace: string; cluster: string }>({
    name: "tls-mode-taken-twice",
    severity: "error",
    meaning: "Two destinations with the same pods both set the pods' TLS mode, and Istio uses only the older object.",
    message: ({ policy, other, namespace, cluster }) =>
      `AccessPolicy ${quote(policy)} sets the TLS mode of pods in namespace ${quote(namespace)} ` +
      `of cluster ${quote(cluster)}, which VirtualDestination ${quote(other)} sets too`,
    help: () => "set the TLS mode in one place, on a destination that has all ports of these pods",
  }),
};

function listed(policy = ""): string {
  return policy === "" ? "no AccessPolicy is" : `AccessPolicy ${quote(policy)} is`;
}
