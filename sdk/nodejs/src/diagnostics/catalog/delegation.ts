import { entry } from "../diagnostic.js";
import { quote } from "../words.js";

/** 024x: tables that delegate to others, and tables that are delegated to. */
export const delegation = {
  MW0243: entry<{ has: "hosts" | "virtualGateways" | "sidecars" }>({
    name: "half-a-root",
    severity: "error",
    meaning: "A table has hosts and neither a gateway nor callers with sidecars, or one of these and no host.",
    message: ({ has }) =>
      has === "hosts"
        ? "the table has `hosts`, and neither `virtualGateways` nor `sidecars`"
        : `the table has ${quote(has)} and no \`hosts\``,
    help: ({ has }) =>
      `add ${has === "hosts" ? "`virtualGateways`, or `sidecars` with the namespaces of its callers" : "`hosts`"}, or remove ${quote(has)} where other tables delegate to this one`,
  }),
  MW0245: entry<{ table: string }>({
    name: "unserved-table",
    severity: "warning",
    meaning: "A table has no hosts and no gateways, and no table of the model delegates to it.",
    message: ({ table }) => `no requests reach table ${quote(table)}: it has no hosts, and no table delegates to it`,
    help: () => "give it `hosts` and `virtualGateways`, or remove it",
  }),
};
