import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** 049x: policies of listeners. */
export const listenerPolicies = {
  MW0490: entry<{ kind: string; policy: string; wanted: readonly number[]; known: readonly number[] }>({
    name: "policy-selects-no-listener",
    severity: "warning",
    meaning: "A policy is listed on a gateway, and its `applyToListeners` selects none of the gateway's listeners.",
    message: ({ kind, policy, wanted }) =>
      `${kind} ${quote(policy)} is listed here and selects no listener: it is for port ${list(wanted, "or")}`,
    help: ({ policy, known }) =>
      `select one of the ports ${list(known)}, as clients use them, or remove ${quote(policy)}; a policy without \`applyToListeners\` is for all listeners`,
  }),
  MW0491: entry<{ kind: string; policy: string; port: number; cluster: string; other: string }>({
    name: "listener-policy-listed-twice",
    severity: "error",
    meaning:
      "Two gateways share a port of the same proxies, which is one listener in Envoy, and both list a policy of one kind for it.",
    message: ({ kind, policy, port, cluster, other }) =>
      `${kind} ${quote(policy)} is for the proxies' port ${port} in cluster ${quote(cluster)}, for which VirtualGateway ${quote(other)} lists one too`,
    help: ({ kind, other }) =>
      `list one ${kind} for the port, here or on ${quote(other)}: it acts on what both gateways serve there`,
  }),
  MW0492: entry<{ kind: string; policy: string }>({
    name: "listener-of-unknown-port",
    severity: "error",
    meaning: "A policy selects listeners by their ports, and the port of a listener is an Output.",
    message: ({ kind, policy }) =>
      `${kind} ${quote(policy)} selects listeners by their ports, expected a plain port, found an Output`,
    help: ({ policy }) =>
      `write the port as a plain number, because it decides what is rendered, or remove \`applyToListeners\` from ${quote(policy)}`,
  }),
  MW0493: entry<{ policy: string; ports: readonly (number | string)[] }>({
    name: "access-log-without-requests",
    severity: "warning",
    meaning: "A policy logs requests, and the listeners that it is for pass connections on without looking into them.",
    message: ({ policy, ports }) =>
      `AccessLogPolicy ${quote(policy)} logs nothing at port ${list(ports)}, where connections are passed on as they are`,
    help: ({ policy }) =>
      `select listeners for HTTP in \`applyToListeners\` of ${quote(policy)}; connections are logged by \`accessLogFile\` of Istio's mesh config`,
  }),
};
