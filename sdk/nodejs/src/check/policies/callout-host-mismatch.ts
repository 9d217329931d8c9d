import { isDeferred } from "../../model/deferred.js";
import { chosenPort } from "../../model/destination.js";
import { clusterPathsOf } from "../facts/cluster-paths.js";
import { describeDestinationTarget, effectiveDestinations } from "../facts/destinations.js";
import { effectiveTables } from "../facts/effective-tables.js";
import type { OwnedDestination } from "../facts/policy-destinations.js";
import type { CheckContext, Rule } from "../rule.js";

export const calloutHostMismatch: Rule = {
  name: "callout-host-mismatch",
  codes: ["MW0450"],
  description: "Callouts whose Host header differs from the destination do not cross into a cluster without a mesh.",
  check(context) {
    for (const served of effectiveTables(context)) {
      const ways = clusterPathsOf(context, served.table);
      for (const { report, ...place } of effectiveDestinations(context, served)) {
        const { path, destination } = place;
        const lost = whatIsLost(context, place);
        const clusterPath = lost === undefined ? undefined : ways(destination.target).first.get("plaintext");
        if (lost === undefined || clusterPath === undefined) continue;
        report("MW0450", path, {
          ...lost,
          destination: describeDestinationTarget(destination.target),
          to: clusterPath.to.name,
        });
      }
    }
  },
};

interface Lost {
  readonly what: string;
  /** The Host header that would work, if a program can set it. */
  readonly wanted?: string;
}

/** Names the callouts of a policy whose Host header differs from their destination; undefined if it makes none. */
function whatIsLost(context: CheckContext, place: OwnedDestination): Lost | undefined {
  const { kind, name } = place.subject;
  if (kind === "MirrorPolicy") return { what: "copies" };
  if (kind === "JWTPolicy") return lostForKeys(context, place);
  const asksOverHttp = kind === "ExtAuthPolicy" && context.model.ExtAuthPolicy.get(name)?.http !== undefined;
  return asksOverHttp ? { what: "questions" } : undefined;
}

/** Key requests carry the host of their URL, which may match the destination. */
function lostForKeys(
  { model }: CheckContext,
  { subject, destination, asked = "" }: OwnedDestination,
): Lost | undefined {
  const what = "requests for keys";
  const keys = model.JWTPolicy.get(subject.name)?.providers[asked]?.keys;
  const { target, port: wanted } = destination;
  const virtual = target.kind === "virtualDestination" ? model.VirtualDestination.get(target.name) : undefined;
  if (keys?.kind !== "remote") return undefined;
  if (virtual === undefined) return { what };
  const port = chosenPort(virtual.ports, wanted)?.number;
  if (port === undefined || [keys.url, port, ...virtual.hosts].some(isDeferred)) return undefined;
  const [host = ""] = virtual.hosts;
  // the gateway accepts a host without a port for the first port
  const isBare = port === 80 || port === virtual.ports[0]?.number;
  const known = virtual.hosts.flatMap((each) => [`${each}:${port}`, ...(isBare ? [each] : [])]);
  if (known.includes(keys.url.split("/")[2] ?? "")) return undefined;
  return { what, wanted: port === 80 ? host : `${host}:${port}` };
}
