import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** Two conditions that stand in each other's way. */
export interface Conditions {
  readonly route: string;
  readonly on: string;
  readonly parent: string;
  readonly child: string;
}

/** 0237 and 024x: tables that delegate to others, and tables that are delegated to. */
export const delegation = {
  MW0237: entry<Conditions & { below: string }>({
    name: "delegation-leads-nowhere",
    severity: "error",
    meaning: "A delegating route takes no request, because every route below it contradicts its conditions.",
    message: ({ route, on, parent, child, below }) =>
      `route ${quote(route)} leads no request to a route: that of ${quote(below)} has ${on} ${quote(child)}, the delegating routes ${quote(parent)}`,
    help: ({ route }) => `change the conditions of ${quote(route)}, or delegate to other tables`,
  }),
  MW0240: entry<{ chain: readonly string[] }>({
    name: "delegation-cycle",
    severity: "error",
    meaning: "A table delegates to itself, mostly by way of others.",
    message: ({ chain }) => `the table delegates to itself: ${chain.map(quote).join(" > ")}`,
    help: () => "take one of these tables out of the `routeTables` of the route before it",
  }),
  MW0241: entry<Conditions>({
    name: "delegation-contradiction",
    severity: "error",
    meaning: "No request meets the conditions of a route and those of the routes that delegate to it.",
    message: ({ route, on, parent, child }) =>
      `no request reaches route ${quote(route)}: its ${on} is ${quote(child)}, that of the delegating routes ${quote(parent)}`,
    help: () => "change one of the two conditions, or move the route to another table",
  }),
  MW0242: entry<{ table: string; fields: readonly string[] }>({
    name: "root-delegated",
    severity: "error",
    meaning: "A route delegates to a table that has hosts, gateways or sidecars of its own.",
    message: ({ table, fields }) => `table ${quote(table)} has ${list(fields)}, expected a table without`,
    help: ({ table, fields }) =>
      `remove ${list(fields)} from ${quote(table)}, or move its routes to a table of their own and delegate to that from both`,
  }),
  MW0243: entry<{ has: "hosts" | "virtualGateways" | "sidecars" }>({
    name: "incomplete-root-table",
    severity: "error",
    meaning: "A table has hosts and neither a gateway nor callers with sidecars, or one of these and no host.",
    message: ({ has }) =>
      has === "hosts"
        ? "the table has `hosts`, and neither `virtualGateways` nor `sidecars`"
        : `the table has ${quote(has)} and no \`hosts\``,
    help: ({ has }) =>
      `add ${has === "hosts" ? "`virtualGateways`, or `sidecars` with the namespaces of its callers" : "`hosts`"}, or remove ${quote(has)} where other tables delegate to this one`,
  }),
  MW0244: entry<{ route: string; labels?: string; workspace?: string; tables: readonly string[] }>({
    name: "selects-no-table",
    severity: "error",
    meaning: "The selector of a delegating route fits none of the tables that the route lists.",
    message: ({ route, labels, workspace, tables }) => {
      const wanted = [
        ...(labels === undefined ? [] : [`has the labels ${quote(labels)}`]),
        ...(workspace === undefined ? [] : [`belongs to workspace ${quote(workspace)}`]),
      ];
      return `route ${quote(route)} delegates to none of ${list(tables)}: none ${wanted.join(" and ")}`;
    },
    help: () => "correct the selector, or remove `selector`",
  }),
  MW0245: entry<{ table: string }>({
    name: "unserved-table",
    severity: "warning",
    meaning: "A table has no hosts and no gateways, and no table of the model delegates to it.",
    message: ({ table }) => `no requests reach table ${quote(table)}: it has no hosts, and no table delegates to it`,
    help: () => "give it `hosts` and `virtualGateways`, or remove it",
  }),
  MW0246: entry<{ route: string; most: number }>({
    name: "delegation-too-large",
    severity: "error",
    meaning:
      "The matchers of delegating routes and those of the routes below them multiply to more than Kubernetes can hold in an object.",
    message: ({ route, most }) => `with route ${quote(route)} the delegated routes have more than ${most} matchers`,
    help: () => "delegate to fewer tables, or leave only one matcher on routes that delegate",
  }),
  MW0247: entry<Conditions>({
    name: "inexpressible-delegation",
    severity: "error",
    meaning:
      "A condition of a route and one of the routes that delegate to it can't become one: Istio takes one condition for a path, a header or a parameter.",
    message: ({ route, on, parent, child }) =>
      `route ${quote(route)} can't combine its ${on} (${quote(child)}) with that of the delegating routes (${quote(parent)})`,
    help: ({ on }) =>
      on === "path"
        ? "delegate by a prefix without a final slash, and let expressions begin with a slash and hold no other anchor"
        : "keep the condition in one of the two places",
  }),
  MW0248: entry<Conditions>({
    name: "matcher-contradicts-parent",
    severity: "warning",
    meaning:
      "No request meets one of the matchers of a route and the conditions of the routes that delegate to it; others of its matchers are left.",
    message: ({ route, on, parent, child }) =>
      `this matcher of route ${quote(route)} takes no request: its ${on} is ${quote(child)}, that of the delegating routes ${quote(parent)}`,
    help: () => "remove the matcher, or change one of the two conditions",
  }),
  MW0249: entry<Conditions>({
    name: "contradiction-on-this-way",
    severity: "warning",
    meaning:
      "No request that this table delegates meets the conditions of a route below it; tables of other programs may reach that route.",
    message: ({ route, on, parent, child }) =>
      `no request reaches route ${quote(route)} this way: its ${on} is ${quote(child)}, that of the delegating routes ${quote(parent)}`,
    help: () => "change one of the two conditions, unless other tables delegate to the route",
  }),
};
