import { type HeaderChanges, isKeptWhereEmpty } from "../../model/header-manipulation-policy.js";
import type { AppliedPolicy } from "../../plan/planned-route-policies.js";
import type { SimulatedPolicy } from "./simulated-policy.js";
import { shown } from "./wording.js";

export const headerManipulationPolicy: SimulatedPolicy<"HeaderManipulationPolicy"> = {
  describe: describeHeaders,
};

function describeHeaders({ value: { request, response } }: AppliedPolicy<"HeaderManipulationPolicy">): string {
  return [...describeChanges("request", request), ...describeChanges("response", response)].join("; ");
}

function describeChanges(of: "request" | "response", changed: HeaderChanges): readonly string[] {
  const { remove, set, append } = changed;
  const orElse = (name: string): string => (isKeptWhereEmpty(name, changed, of) ? " (as sent if that is empty)" : "");
  const changes = [
    ...remove.map((name) => `without ${shown(name)}`),
    ...Object.entries(set).map(([name, value]) => `${name}: ${shown(value)}${orElse(name)}`),
    ...Object.entries(append).map(([name, value]) => `added ${name}: ${shown(value)}`),
  ];
  return changes.length === 0 ? [] : [`${of} ${changes.join(", ")}`];
}
