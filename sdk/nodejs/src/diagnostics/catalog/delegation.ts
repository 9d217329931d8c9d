import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** A condition of a route and the delegating routes' condition that conflicts with it. */
export interface Conditions {
  readonly route: string;
  readonly on: string;
  readonly parent: string;
  readonly child: string;
}

/** 0237, 0238 and 024x: delegating tables and delegated tables. */
export const delegation = {
  MW0237: entry<Conditions & { below: string }>({
    name: "delegation-leads-nowhere",
    severity: "error",
    meaning: "A delegating route matches no request, because every route below it contradicts its conditions.",
    message: ({ route, on, parent, child, below }) =>
      `no request reaches a route below ${quote(route)}: the ${on} of ${quote(below)} is ${quote(child)}, ` +
      `but the delegating routes require ${quote(parent)}`,
    help: ({ route }) => `change the conditions of ${quote(route)}, or delegate to other tables`,
  }),
  MW0238: entry<{ route: string; prefix: string; path: string }>({
    name: "repeated-prefix",
    severity: "warning",
    meaning: "The path of a delegated route starts with the prefix of the delegating route, which is prepended anyway.",
    message: ({ route, prefix, path }) =>
      `the path ${quote(path)} of route ${quote(route)} is appended to the prefix ${quote(prefix)} of a delegating ` +
      `route, so it matches ${quote(prefix + path)}`,
    help: ({ prefix, path }) =>
      path === prefix
        ? "remove the path: the route then matches all requests with the prefix"
        : `write ${quote(path.replace(prefix, ""))}, without the prefix of the delegating route`,
  }),
  MW0240: entry<{ chain: readonly string[] }>({
    name: "delegation-cycle",
    severity: "error",
    meaning: "A table delegates to itself, usually through other tables.",
    message: ({ chain }) => `the table delegates to itself: ${chain.map(quote).join(" > ")}`,
    help: () => "break the chain: remove one of these tables from the `routeTables` of the route that delegates to it",
  }),
  MW0241: entry<Conditions>({
    name: "delegation-contradiction",
    severity: "error",
    meaning: "No request can meet the conditions of both a route and the routes that delegate to it.",
    message: ({ route, on, parent, child }) =>
      `no request reaches route ${quote(route)}: its ${on} is ${quote(child)}, ` +
      `but the delegating routes require ${quote(parent)}`,
    help: () => "change one of the two conditions, or move the route to another table",
  }),
  MW0242: entry<{ table: string; fields: readonly string[] }>({
    name: "root-delegated",
    severity: "error",
    meaning: "A route delegates to a table that has its own hosts, gateways or sidecars.",
    message: ({ table, fields }) => `table ${quote(table)} has ${list(fields)}, expected a table without them`,
    help: ({ table, fields }) =>
      `remove ${list(fields)} from ${quote(table)}, ` +
      "or move its routes to a separate table and delegate to that from both",
  }),
  MW0243: entry<{ has: "hosts" | "virtualGateways" | "sidecars" }>({
    name: "incomplete-root-table",
    severity: "error",
    meaning: "A table has hosts but neither gateways nor sidecars, or has gateways or sidecars but no hosts.",
    message: ({ has }) =>
      has === "hosts"
        ? "the table has `hosts`, but neither `virtualGateways` nor `sidecars`"
        : `the table has ${quote(has)}, but no \`hosts\``,
    help: ({ has }) =>
      `add ${has === "hosts" ? "`virtualGateways`, or `sidecars` with the namespaces of its callers" : "`hosts`"}; ` +
      `if other tables delegate to this one, remove ${quote(has)}`,
  }),
  MW0244: entry<{ route: string; labels?: string; workspace?: string; tables: readonly string[] }>({
    name: "selects-no-table",
    severity: "error",
    meaning: "The selector of a delegating route matches none of the tables that the route lists.",
    message: ({ route, labels, workspace, tables }) => {
      const wanted = [
        ...(labels === undefined ? [] : [`has the labels ${quote(labels)}`]),
        ...(workspace === undefined ? [] : [`belongs to workspace ${quote(workspace)}`]),
      ];
      return `route ${quote(route)} delegates to none of ${list(tables)}: none ${wanted.join(" and ")}`;
    },
    help: () => "correct `selector`, or remove it",
  }),
  MW0245: entry<{ table: string }>({
    name: "unserved-table",
    severity: "warning",
    meaning: "A table has no hosts and no gateways, and no table of the model delegates to it.",
    message: ({ table }) => `no request reaches table ${quote(table)}: it has no hosts, and no table delegates to it`,
    help: () => "give it `hosts` and `virtualGateways`, or remove it",
  }),
  MW0246: entry<{ route: string; most: number }>({
    name: "delegation-too-large",
    severity: "error",
    meaning:
      "The matchers of delegating routes and of the routes below them multiply to more than a Kubernetes object can " +
      "hold.",
    message: ({ route, most }) => `with route ${quote(route)} the delegated routes have more than ${most} matchers`,
    help: () => "delegate to fewer tables, or leave only one matcher on each delegating route",
  }),
  MW0247: entry<Conditions>({
    name: "inexpressible-delegation",
    severity: "error",
    meaning:
      "A condition of a route can't be combined with a condition of the routes that delegate to it: " +
      "Istio takes only one condition per path, header or parameter.",
    message: ({ route, on, parent, child }) =>
      `route ${quote(route)} can't combine its ${on} (${quote(child)}) ` +
      `with the ${on} of the delegating routes (${quote(parent)})`,
    help: ({ on }) =>
      on === "path"
        ? "delegate by a prefix without a trailing slash, " +
          "and write expressions that start with a slash and have no other anchor"
        : "keep only one of the two conditions",
  }),
  MW0248: entry<Conditions>({
    name: "matcher-contradicts-parent",
    severity: "warning",
    meaning:
      "No request can meet one of a route's matchers and the conditions of the routes that delegate to it; " +
      "its other matchers still work.",
    message: ({ route, on, parent, child }) =>
      `this matcher of route ${quote(route)} matches no request: its ${on} is ${quote(child)}, ` +
      `but the delegating routes require ${quote(parent)}`,
    help: () => "remove the matcher, or change one of the two conditions",
  }),
  MW0249: entry<Conditions>({
    name: "contradiction-below-this-table",
    severity: "warning",
    meaning:
      "No request that this table delegates can meet the conditions of a route below it; " +
      "tables of other programs may still reach the route.",
    message: ({ route, on, parent, child }) =>
      `no request of this table reaches route ${quote(route)}: its ${on} is ${quote(child)}, ` +
      `but the delegating routes require ${quote(parent)}`,
    help: () => "change one of the two conditions, unless other tables delegate to the route too",
  }),
};
