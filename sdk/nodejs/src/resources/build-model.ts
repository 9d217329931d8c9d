import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { hasFleet, type Kind } from "../kinds/kinds.js";
import { memoize, memoizeBy } from "../memo/memo.js";
import { type Fleet, withUndecided } from "../model/fleet.js";
import { emptyModel, type Model } from "../model/model.js";
import { parseResource } from "../model/parse-resource.js";
import type { ModelOf } from "../model/registry.js";
import { renderedEntries } from "./descriptor-contents.js";
import { type Entry, fleetName } from "./entry.js";
import { fill, leavesIn, type ResolvedLeaves } from "./leaf.js";

/** An entry's own arguments as a model, or the findings about them. */
interface Parsed {
  readonly value: ModelOf[Kind] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Returns the numbers of the leaves in an entry's own arguments. */
export const leavesOf = memoize(({ args, access }: Entry): readonly number[] => [...leavesIn([args, access])]);

/**
 * Returns the model of everything that an entry refers to, with the findings about the entry and the other entries that
 * it renders.
 */
export function modelOf(focus: Entry, resolved?: ResolvedLeaves): { model: Model; diagnostics: readonly Diagnostic[] } {
  const model = emptyModel();
  const fleet = focus.kind === "Fleet" ? undefined : fleetName(focus);
  const diagnostics: Diagnostic[] = [];
  const reported = new Set([focus, ...renderedEntries(focus)]);
  for (const entry of focus.closure.values()) {
    const { value, diagnostics: found } = parse(entry, fleet, resolved);
    if (value !== undefined) (model[entry.kind] as Map<string, ModelOf[Kind]>).set(entry.name, value);
    if (reported.has(entry)) diagnostics.push(...found);
  }
  return { model, diagnostics };
}

/** The fleet of another stack's resource when a policy, which belongs to no fleet, is checked on its own. */
const NO_FLEET = "";

function parse(entry: Entry, fleet: string | undefined, resolved: ResolvedLeaves | undefined): Parsed {
  if (resolved !== undefined && leavesOf(entry).length > 0) return parseNow(entry, fleet, fill(entry.args, resolved));
  return parseOnce(entry, fleet);
}

const parseOnce = memoizeBy(
  (entry: Entry, fleet: string | undefined) => parseNow(entry, fleet, entry.args),
  (_entry, fleet) => fleet,
);

function parseNow(entry: Entry, fleet: string | undefined, args: unknown): Parsed {
  const findings = new Findings();
  const lacksFleet = entry.isForeign && hasFleet(entry.kind);
  const completed = lacksFleet && typeof args === "object" ? { ...args, fleet: fleet ?? NO_FLEET } : args;
  const parsed = parseResource(entry.kind, entry.name, completed, findings);
  const value =
    parsed !== undefined && "clusters" in parsed && entry.undecided !== undefined
      ? withUndecided(parsed as Fleet, entry.undecided)
      : parsed;
  return { value, diagnostics: findings.sorted() };
}
