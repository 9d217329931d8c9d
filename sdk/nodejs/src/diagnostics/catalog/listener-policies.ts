import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 049x: policies of listeners. */
export const listenerPolicies = {
  MW0490: entry<{ kind: string; policy: string; wanted: readonly number[]; known: readonly number[] }>({
    name: "policy-selects-no-listener",
    severity: "warning",
    meaning: "A policy is listed on a gateway, but its `applyToListeners` selects none of the gateway's listeners.",
    message: ({ kind, policy, wanted }) =>
      `${kind} ${quote(policy)} is listed here, but selects no listener: it is for port ${list(wanted, "or")}`,
    help: ({ policy, known }) =>
      `select one of the client-facing ports ${list(known)}, or remove ${quote(policy)}; ` +
      "a policy without `applyToListeners` is for all listeners",
  }),
  MW0491: entry<{ kind: string; policy: string; port: number; cluster: string; other: string }>({
    name: "listener-policy-listed-twice",
    severity: "error",
    meaning:
      "Two gateways share a port of the same proxies, which is one listener in Envoy, " +
      "but both list a policy of the same kind for it.",
    message: ({ kind, policy, port, cluster, other }) =>
      `${kind} ${quote(policy)} is for the proxies' port ${port} in cluster ${quote(cluster)}, ` +
      `but VirtualGateway ${quote(other)} lists one for that port too`,
    help: ({ kind, other }) =>
      `list one ${kind} for the port, here or on ${quote(other)}: it acts on what both gateways serve there`,
  }),
  MW0492: entry<{ kind: string; policy: string }>({
    name: "listener-of-unknown-port",
    severity: "error",
    meaning: "A policy selects listeners by port, but the port of a listener is an Output.",
    message: ({ kind, policy }) =>
      `${kind} ${quote(policy)} selects listeners by port, expected a plain port, found an Output`,
    help: ({ policy }) =>
      "write the port as a plain number, because it decides what is rendered, " +
      `or remove \`applyToListeners\` from ${quote(policy)}`,
  }),
  MW0493: entry<{ policy: string; ports: readonly (number | string)[] }>({
    name: "access-log-without-requests",
    severity: "warning",
    meaning: "A policy logs requests, but its listeners pass connections through without parsing requests.",
    message: ({ policy, ports }) =>
      `AccessLogPolicy ${quote(policy)} logs nothing on port ${list(ports)}, where connections are passed through`,
    help: ({ policy }) =>
      `select listeners for HTTP in \`applyToListeners\` of ${quote(policy)}; ` +
      "`accessLogFile` of Istio's mesh config logs connections",
  }),
};
