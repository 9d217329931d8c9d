import { StatusComparator } from "../args/access-log-policy.js";
import type { ListenerPolicyKind } from "../kinds/kinds.js";
import type { AccessLogFilter } from "../model/access-log-policy.js";
import type { HeaderMatcher } from "../model/match.js";
import type { PlannedListenerPolicies, PlannedListenerPolicy } from "../plan/listener-policies.js";
import { shown } from "./policies/wording.js";

/** Says what the policies of a listener do, a line each, with the name of the policy. */
export function describeListenerPolicies(policies: PlannedListenerPolicies): readonly string[] {
  const { AccessLogPolicy: log, ListenerConnectionPolicy: connection, ProxyProtocolPolicy: proxy } = policies;
  return [
    ...(proxy ? [line("ProxyProtocolPolicy", proxy, describeProxyProtocol(proxy))] : []),
    ...(connection ? [line("ListenerConnectionPolicy", connection, describeConnection(connection))] : []),
    ...(log ? [line("AccessLogPolicy", log, describeLog(log))] : []),
  ];
}

function line(kind: ListenerPolicyKind, { name }: { readonly name: string }, does: string): string {
  return `${kind} ${name} of the listener: ${does}`;
}

function describeProxyProtocol({ value }: PlannedListenerPolicy<"ProxyProtocolPolicy">): string {
  return value.enableProxyProtocol
    ? "connections begin with a PROXY header, which tells the client's address, else they are closed"
    : "nothing, it is switched off";
}

function describeConnection({ value }: PlannedListenerPolicy<"ListenerConnectionPolicy">): string {
  const { perConnectionBufferLimitBytes: limit, tcpKeepalive } = value;
  const { time, interval, probes } = tcpKeepalive ?? {};
  const how = [
    ...(time === undefined ? [] : [` after ${shown(time)} without data`]),
    ...(interval === undefined ? [] : [` every ${shown(interval)}`]),
    ...(probes === undefined ? [] : [` and ${shown(probes)} times at most`]),
  ];
  return [
    ...(limit === undefined ? [] : [`at most ${shown(limit)} bytes of a connection are kept`]),
    ...(tcpKeepalive === undefined ? [] : [`clients are probed${how.join(",")}`]),
  ].join(", ");
}

function describeLog({ value }: PlannedListenerPolicy<"AccessLogPolicy">): string {
  const { filters } = value;
  const which =
    filters.length === 0
      ? "all requests are logged"
      : `requests are logged ${filters.map(describeFilter).join(" or ")}`;
  const what = [
    ...value.includedRequestHeaders,
    ...value.includedResponseHeaders,
    ...value.includedResponseTrailers,
    ...value.includedFilterStateObjects,
  ];
  return what.length === 0 ? which : `${which}; with ${[...new Set(what)].join(", ")}`;
}

function describeFilter(filter: AccessLogFilter): string {
  if (filter.kind === "header") return describeHeader(filter.header);
  const value = shown(filter.value);
  switch (filter.comparator) {
    case StatusComparator.Equal:
      return `that are answered ${value}`;
    case StatusComparator.AtLeast:
      return `that are answered ${value} or higher`;
    case StatusComparator.AtMost:
      return `that are answered ${value} or lower`;
    default:
      return `by a comparison with ${value} that is not known yet`;
  }
}

function describeHeader({ name, match, invert }: HeaderMatcher): string {
  const how = invert ? "without" : "with";
  if (match.kind === "present") return `${how} a header ${shown(name)}`;
  const value = match.kind === "regex" ? `that matches ${shown(match.value)}` : `of ${shown(match.value)}`;
  return `${how} a header ${shown(name)} ${value}`;
}
