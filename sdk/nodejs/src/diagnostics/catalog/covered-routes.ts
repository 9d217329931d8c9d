import { entry } from "../catalog-entry.js";
import { quote } from "../words.js";

/** A route, and the earlier one that takes its requests. */
export interface Covered {
  readonly route: string;
  readonly by: string;
  /** The position of the earlier route in the same table. */
  readonly byIndex?: number;
  /** The table whose weight decides. */
  readonly table?: string;
  /** The route whose position in its table decides, which may be a delegating one, and the route before it. */
  readonly moved?: string;
  readonly before?: string;
}

function helpCovered({ route, by, byIndex, table, moved, before }: Covered): string {
  if (byIndex !== undefined) return `move ${quote(route)} before ${quote(by)}, or remove it`;
  const narrow = `narrow the matchers of ${quote(by)}`;
  if (moved !== undefined && before !== undefined) return `move ${quote(moved)} before ${quote(before)}, or ${narrow}`;
  return table === undefined ? narrow : `give table ${quote(table)} a higher \`weight\`, or ${narrow}`;
}

/** MW0205: no request reaches the route. */
export const unreachableRoute = entry<Covered>({
  name: "unreachable-route",
  severity: "error",
  meaning:
    "A route can never match, because an earlier route of the table, or of another table for the same requests, " +
    "takes all of its requests. A delegated route is rejected only if this holds below every delegating route.",
  message: ({ route, by, byIndex }) =>
    `route ${quote(route)} can never match: ${quote(by)}${byIndex === undefined ? "" : ` (http[${byIndex}])`} ` +
    "takes all of its requests first",
  help: helpCovered,
});

/** MW0230: no request reaches the route below one of its delegating routes. */
export const coveredBelowTable = entry<Covered>({
  name: "route-covered-below-a-table",
  severity: "warning",
  meaning:
    "Below one delegating route, an earlier route takes all requests of a delegated route; " +
    "below others it may still match.",
  message: ({ route, by, byIndex }) =>
    `route ${quote(route)} matches nothing here: ${quote(by)}${byIndex === undefined ? "" : ` (http[${byIndex}])`} ` +
    "takes all of its requests first",
  help: helpCovered,
});
