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

/** A route as it is written, and its table. */
export interface DelegationStep {
  readonly table: string;
  readonly value: RouteTable;
  readonly index: number;
}

/** The way from a table to a route that requests to the table meet. */
export interface DelegationPath {
  /** First the delegating routes, from the table on, and last the route itself, as they are written. */
  readonly steps: readonly DelegationStep[];
  /** For each matcher of the served route, its index among those of the route as it is written; undefined where that has none. */
  readonly matchers: readonly (number | undefined)[];
}

/** A route that requests meet: with the conditions, and the labels, of the routes that delegate to it. */
export interface EffectiveRoute extends Route {
  readonly action: Exclude<Action, Delegation>;
  /** Absent where the table delegates nothing, so that its routes are as they are written. */
  readonly way?: DelegationPath;
}

/** A table as requests meet it: in the place of each delegating route, the routes of other tables. */
export interface EffectiveTable extends RouteTable {
  readonly http: readonly EffectiveRoute[];
  /** Numbers of leaves that decide about matchers or about the order of routes. */
  readonly undecided: readonly number[];
  readonly problems: readonly DelegationProblem[];
}

/** What is wrong with how a table delegates; `steps` leads from the table to the route that it is about. */
export type DelegationProblem =
  | {
      readonly kind: "conflict";
      readonly conflict: Conflict;
      readonly steps: readonly DelegationStep[];
      readonly matcher?: number;
    }
  /** Some of a route's matchers are left. */
  | {
      readonly kind: "lost matcher";
      readonly conflict: Conflict;
      readonly steps: readonly DelegationStep[];
      readonly matcher: number;
    }
  | { readonly kind: "too many"; readonly steps: readonly DelegationStep[] };

/** How many matchers the routes of a table that delegates may have together: tables that share others multiply, and Kubernetes takes objects of 1.5 MB. */
export const MOST_MATCHERS = 10_000;

/** Whether a table is there for requests, and not only for others to delegate to. */
export function isRoot({
  hosts,
  virtualGateways,
  sidecars,
}: Pick<RouteTable, "hosts" | "virtualGateways" | "sidecars">): boolean {
  return hosts.length + virtualGateways.length > 0 || sidecars !== undefined;
}

/** The tables that a delegating route chooses among those it lists, in the order in which they are tried. */
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

/** The names of all tables that a table leads to, itself included. */
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

/** A table as requests meet it; undefined where it is not there. */
export function effectiveTable(tables: Tables, name: string): EffectiveTable | undefined {
  return servedInside(tables, name, new Set());
}

/** `around` are the tables that are being looked at already: what leads back to one of them leads nowhere. */
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

/** A table that delegates nothing. */
const asWritten = memoize(
  (table: RouteTable): EffectiveTable => ({
    ...table,
    http: table.http as readonly EffectiveRoute[],
    undecided: [],
    problems: [],
  }),
);

/** Puts the routes of other tables in the places of the routes that delegate to them. */
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

  /** The matchers of a route under those of the delegating one, and where each is from; undefined where no request meets both. */
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
    this.#tell(pairs, route, steps);
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

  /** Says what can't be expressed, that a route takes no request at all, or that one of its matchers takes none. */
  #tell(
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

/** The index of a served route's matcher among those of the route as it is written. */
function originOf({ way }: EffectiveRoute, index: number): number | undefined {
  return way === undefined ? index : way.matchers[index];
}

/** A route that names the default destination of its table where it names none itself. */
function withDestinations(route: EffectiveRoute, { defaultDestination }: RouteTable): EffectiveRoute {
  const { action } = route;
  if (action.kind !== "forward" || action.destinations.length > 0 || defaultDestination === undefined) return route;
  const destinations: readonly RouteDestination[] = [defaultDestination];
  return { ...route, action: { ...action, destinations } };
}
