import { StatusComparator } from "../args/access-log-policy.js";
import type { AccessLogFilter } from "../model/access-log-policy.js";
import type { HeaderMatcher } from "../model/match.js";
import type { PlannedListenerPolicies, PlannedListenerPolicy } from "../plan/listener-policies.js";
import { shown } from "./describe-choice.js";

/** Says what the policies of a listener do, a line each, with the name of the policy. */
export function describeListenerPolicies(policies: PlannedListenerPolicies): readonly string[] {
  const { AccessLogPolicy: log } = policies;
  return [...(log ? [`AccessLogPolicy ${log.name} of the listener: ${describeLog(log)}`] : [])];
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
