import { SortMethod } from "../args/route-table.js";
import { memoize, memoizeBy } from "../memo/memo.js";
import { type Combined, combineMatchers } from "./combine-matchers.js";
import type { Conflict } from "./conflicts.js";
import type { RouteDestination } from "./destination.js";
import { carries } from "./labels.js";
import type { Matcher } from "./match.js";
import type { Action, Delegation, Route, TableSelector } from "./route.js";
import { bySpecificity, undecidedOrder } from "./route-specificity.js";
import type { RouteTable } from "./route-table.js";
import { ownerOf, type Workspaces } from "./workspace.js";

/** The tables of a model, and the workspaces that own them. */
export interface Tables extends Workspaces {
  readonly RouteTable: ReadonlyMap<string, RouteTable>;
}

/** A route as written, and its table. */
export interface DelegationStep {
  readonly table: string;
  readonly value: RouteTable;
  readonly index: number;
}

/** The path from a table to an effective route. */
export interface DelegationPath {
  /** The delegating routes, starting at the table, then the route, all as written. */
  readonly steps: readonly DelegationStep[];
  /**
   * For each matcher of the effective route, its index in the route as written; undefined if the route has no matchers.
   */
  readonly matchers: readonly (number | undefined)[];
}

/** An effective route: with the conditions and labels of the routes that delegate to it. */
export interface EffectiveRoute extends Route {
  readonly action: Exclude<Action, Delegation>;
  /** Absent if the table delegates nothing, so its routes are as written. */
  readonly way?: DelegationPath;
}

/** An effective table: each delegating route is replaced by routes of other tables. */
export interface EffectiveTable extends RouteTable {
  readonly http: readonly EffectiveRoute[];
  /** The numbers of the leaves that decide about matchers or the order of routes. */
  readonly undecided: readonly number[];
  readonly problems: readonly DelegationProblem[];
}

/** A problem with a table's delegation; `steps` leads from the table to the affected route. */
export type DelegationProblem =
  | {
      readonly kind: "conflict";
      readonly conflict: Conflict;
      readonly steps: readonly DelegationStep[];
      readonly matcher?: number;
    }
  /** Other matchers of the route remain. */
  | {
      readonly kind: "lost matcher";
      readonly conflict: Conflict;
      readonly steps: readonly DelegationStep[];
      readonly matcher: number;
    }
  | { readonly kind: "too many"; readonly steps: readonly DelegationStep[] };

/**
 * The most matchers of a delegating table's routes together: shared tables multiply, and Kubernetes accepts objects of
 * up to 1.5 MB.
 */
export const MOST_MATCHERS = 10_000;

/** True if a table takes requests directly, rather than only by delegation. */
export function isRoot({
  hosts,
  virtualGateways,
  sidecars,
}: Pick<RouteTable, "hosts" | "virtualGateways" | "sidecars">): boolean {
  return hosts.length + virtualGateways.length > 0 || sidecars !== undefined;
}

/** Returns the tables that a delegating route selects among those it lists, in order of precedence. */
export function delegatedTables(model: Tables, { tables, selector }: Delegation): readonly string[] {
  const found = [...new Set(tables)].flatMap((name) => {
    const table = model.RouteTable.get(name);
    return table === undefined || !selects(model, selector, table) ? [] : [{ name, weight: table.weight }];
  });
  return found.sort((a, b) => b.weight - a.weight).map(({ name }) => name);
}

function selects(model: Tables, selector: TableSelector | undefined, table: RouteTable): boolean {
  if (!carries(table.labels, selector?.labels ?? {})) return false;
  if (selector?.workspace === undefined) return true;
  const owner = ownerOf(model, selector.workspace);
  return owner !== undefined && owner.name === ownerOf(model, table.workspace)?.name;
}

/** Returns the names of all tables reachable from a table, including itself. */
export function tablesUnder(tables: Tables, name: string): ReadonlySet<string> {
  return tablesUnderIn(tables.RouteTable, name, tables);
}

type RouteTables = Tables["RouteTable"];

const tablesUnderIn = memoizeBy(
  (routeTables: RouteTables, name: string, tables: Tables): ReadonlySet<string> => {
    const found = new Set([name]);
    for (const each of found)
      for (const { action } of routeTables.get(each)?.http ?? [])
        if (action.kind === "delegate") for (const next of delegatedTables(tables, action)) found.add(next);
    return found;
  },
  (_tables, name) => name,
);

/** Returns the effective table; undefined if the table is missing. */
export function effectiveTable(tables: Tables, name: string): EffectiveTable | undefined {
  return servedInside(tables, name, new Set());
}

/** `around` holds the tables being expanded: a reference back to one of them leads nowhere. */
function servedInside(tables: Tables, name: string, around: ReadonlySet<string>): EffectiveTable | undefined {
  const table = tables.RouteTable.get(name);
  if (table === undefined) return undefined;
  return isWithoutDelegation(table) ? asWritten(table) : expandedIn(tables.RouteTable, name, table, tables, around);
}

const expandedIn = memoizeBy(
  (
    _tables: RouteTables,
    name: string,
    table: RouteTable,
    tables: Tables,
    around: ReadonlySet<string>,
  ): EffectiveTable => {
    const inside = new Set(around).add(name);
    return new Expansion(name, table).expand(
      (child) => (inside.has(child) ? undefined : servedInside(tables, child, inside)),
      (delegation) => delegatedTables(tables, delegation),
    );
  },
  (_tables, name) => name,
);

function isWithoutDelegation(table: RouteTable): boolean {
  return table.http.every(({ action }) => action.kind !== "delegate");
}

/** Returns the effective table of one that delegates nothing. */
const asWritten = memoize(
  (table: RouteTable): EffectiveTable => ({
    ...table,
    http: table.http as readonly EffectiveRoute[],
    undecided: [],
    problems: [],
  }),
);

/** Replaces delegating routes with the routes of other tables. */
class Expansion {
  readonly #name: string;
  readonly #table: RouteTable;
  readonly #undecided = new Set<number>();
  readonly #problems: DelegationProblem[] = [];
  #matchers = 0;

  constructor(name: string, table: RouteTable) {
    this.#name = name;
    this.#table = table;
  }

  expand(
    served: (table: string) => EffectiveTable | undefined,
    chosen: (delegation: Delegation) => readonly string[],
  ): EffectiveTable {
    const http = this.#table.http.flatMap((route, index): readonly EffectiveRoute[] => {
      const step: DelegationStep = { table: this.#name, value: this.#table, index };
      const { action } = route;
      if (action.kind !== "delegate") return [this.#own({ ...route, action }, step)];
      const routes = chosen(action).flatMap((name) => {
        const child = served(name);
        return child === undefined ? [] : this.#ofTable(route, step, name, child);
      });
      if (action.sortMethod === SortMethod.TableWeight) return routes;
      for (const number of undecidedOrder(routes)) this.#undecided.add(number);
      return bySpecificity(routes);
    });
    return { ...this.#table, http, undecided: [...this.#undecided], problems: this.#problems };
  }

  #own(route: EffectiveRoute, step: DelegationStep): EffectiveRoute {
    const way: DelegationPath = { steps: [step], matchers: route.matchers.map((_, index) => index) };
    return { ...withDestinations(route, this.#table), way };
  }

  #ofTable(parent: Route, step: DelegationStep, name: string, child: EffectiveTable): readonly EffectiveRoute[] {
    for (const number of child.undecided) this.#undecided.add(number);
    return child.http.flatMap((route, index) => {
      const steps = [step, ...(route.way?.steps ?? [{ table: name, value: child, index }])];
      const combined = this.#combine(parent.matchers, route, steps);
      if (combined === undefined) return [];
      const labels = { ...parent.labels, ...child.labels, ...route.labels };
      const matchers = combined.map(({ matcher }) => matcher);
      const way: DelegationPath = { steps, matchers: combined.map(({ origin }) => origin) };
      return [{ ...withDestinations(route, child), matchers, labels, way }];
    });
  }

  /**
   * Combines the matchers of a route with those of the delegating one, and records their origin; undefined if no
   * request meets both.
   */
  #combine(
    parents: readonly Matcher[],
    route: EffectiveRoute,
    steps: readonly DelegationStep[],
  ): readonly { readonly matcher: Matcher; readonly origin: number | undefined }[] | undefined {
    if (!this.#hasRoom(parents, route, steps)) return undefined;
    if (parents.length === 0)
      return route.matchers.map((matcher, index) => ({ matcher, origin: originOf(route, index) }));
    if (route.matchers.length === 0) return parents.map((matcher) => ({ matcher, origin: undefined }));
    const pairs = parents.flatMap((parent) =>
      route.matchers.map((child, index) => ({ index, ...combineMatchers(parent, child) })),
    );
    for (const number of pairs.flatMap(({ undecided }) => undecided)) this.#undecided.add(number);
    this.#recordProblems(pairs, route, steps);
    const left = pairs.filter(({ conflict }) => conflict === undefined);
    return left.length === 0
      ? undefined
      : left.map(({ matcher, index }) => ({ matcher, origin: originOf(route, index) }));
  }

  #hasRoom(parents: readonly Matcher[], { matchers }: EffectiveRoute, steps: readonly DelegationStep[]): boolean {
    if (this.#matchers > MOST_MATCHERS) return false;
    this.#matchers += Math.max(1, parents.length) * Math.max(1, matchers.length);
    if (this.#matchers <= MOST_MATCHERS) return true;
    this.#problems.push({ kind: "too many", steps });
    return false;
  }

  /** Records conditions that can't be expressed, and routes or matchers that match no request. */
  #recordProblems(
    pairs: readonly (Combined & { readonly index: number })[],
    route: EffectiveRoute,
    steps: readonly DelegationStep[],
  ): void {
    const placed = (index: number) => {
      const matcher = originOf(route, index);
      return matcher === undefined ? {} : { matcher };
    };
    for (const { conflict, index } of pairs)
      if (conflict?.kind === "inexpressible")
        this.#problems.push({ kind: "conflict", conflict, steps, ...placed(index) });
    const isLost = (index: number): boolean =>
      pairs.every((pair) => pair.index !== index || pair.conflict?.kind === "contradiction");
    const lost = route.matchers.flatMap((_, index) => (isLost(index) ? [index] : []));
    const firstOf = (index: number) => pairs.find((pair) => pair.index === index)?.conflict;
    const [first] = lost;
    if (lost.length === route.matchers.length && first !== undefined) {
      const conflict = firstOf(first);
      if (conflict !== undefined) this.#problems.push({ kind: "conflict", conflict, steps });
      return;
    }
    for (const index of lost) {
      const [conflict, matcher] = [firstOf(index), originOf(route, index)];
      if (conflict !== undefined && matcher !== undefined)
        this.#problems.push({ kind: "lost matcher", conflict, steps, matcher });
    }
  }
}

/** Returns the index of an effective route's matcher in the route as written. */
function originOf({ way }: EffectiveRoute, index: number): number | undefined {
  return way === undefined ? index : way.matchers[index];
}

/** Fills in the default destination of the table if the route names none. */
function withDestinations(route: EffectiveRoute, { defaultDestination }: RouteTable): EffectiveRoute {
  const { action } = route;
  if (action.kind !== "forward" || action.destinations.length > 0 || defaultDestination === undefined) return route;
  const destinations: readonly RouteDestination[] = [defaultDestination];
  return { ...route, action: { ...action, destinations } };
}
