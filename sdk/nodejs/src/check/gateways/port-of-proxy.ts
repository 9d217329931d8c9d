import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isKnown, type Leaf } from "../../model/deferred.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const portOfProxy: Rule = {
  name: "port-of-proxy",
  codes: ["MW0314"],
  description: "No gateway listens at a port that Istio's proxies use themselves.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualGateway"))
      value.listeners.forEach(({ port, targetPort }, index) => {
        const field = isKnown(port) && port === targetPort ? "port" : "targetPort";
        checkPort(context, subject, ["listeners", index, field], targetPort);
      });
    for (const { subject, value } of inFocus(context, "Fleet"))
      value.clusters.forEach(({ eastWestGateway: gateway }, index) => {
        for (const field of ["port", "tlsTerminationPort"] as const)
          checkPort(context, subject, ["clusters", index, "eastWestGateway", field], gateway?.[field]);
      });
  },
};

/** The ports that a proxy and its agent use themselves by default (Istio: pkg/bootstrap, pilot-agent). */
const USES: ReadonlyMap<number, string> = new Map([
  [15000, "Envoy's admin interface"],
  [15004, "debugging"],
  [15020, "metrics and probes of the agent"],
  [15021, "health probes"],
  [15090, "Envoy's metrics"],
]);

function checkPort(context: CheckContext, subject: Subject, path: Path, port: Leaf<number> | undefined): void {
  const use = port !== undefined && isKnown(port) ? USES.get(port) : undefined;
  if (use !== undefined) context.findings.add("MW0314", subject, path, { port: Number(port), use });
}
