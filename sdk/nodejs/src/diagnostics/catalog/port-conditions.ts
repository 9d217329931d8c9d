import { entry } from "../catalog-entry.js";
import { list, quote } from "../words.js";

/** A port in a matcher, and the ports on which the gateways serve HTTP routes. */
export interface PortFacts {
  readonly port: number;
  readonly listeners: readonly number[];
  readonly gateways: readonly string[];
  /** The purpose of the listener on that port: `httpsRedirect`, or a protocol. Absent if there is no listener. */
  readonly use?: string;
}

function portProblem({ port, gateways, use }: PortFacts): string {
  if (use === undefined) return `no HTTP listener of ${list(gateways)} has port ${port}`;
  const does = use === "httpsRedirect" ? "redirects every request to HTTPS" : `has protocol ${quote(use)}`;
  return `the listener on port ${port} of ${list(gateways)} ${does} and serves no HTTP routes`;
}

/** MW0212: no gateway has the port. */
export const portWithoutListener = entry<PortFacts>({
  name: "port-without-listener",
  severity: "error",
  meaning: "A matcher has a port on which none of the table's gateways serves HTTP routes.",
  message: (facts) => `${portProblem(facts)}, expected ${list(facts.listeners, "or")}`,
  help: ({ use, listeners }) => {
    const served = listeners.length === 0 ? "" : `use port ${list(listeners, "or")}, or `;
    if (use === "httpsRedirect")
      return `${served}remove \`httpsRedirect\` from the listener, or the condition from the matcher`;
    return `${served || "add a listener, or "}remove the condition`;
  },
});

/** MW0234: no gateway of one of the tables that lead to the route has the port. */
export const portBelowTable = entry<PortFacts>({
  name: "port-without-listener-below-a-table",
  severity: "warning",
  meaning:
    "A matcher of a delegated route has a port on which no gateway of this table serves HTTP routes; " +
    "gateways of other tables may.",
  message: portProblem,
  help: ({ listeners }) =>
    `use port ${list(listeners, "or")}, unless tables on other gateways delegate to the route too`,
});
