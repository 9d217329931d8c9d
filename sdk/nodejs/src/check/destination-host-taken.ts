import type { Subject } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "../model/deferred.js";
import type { Cluster, Fleet } from "../model/fleet.js";
import { clustersNamed } from "../model/fleet.js";
import { seersOf, seersOfService } from "../model/visibility.js";
import { type CheckContext, claim, everyOne, type Rule } from "./rule.js";

interface Exported {
  readonly fleet: string;
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
}

/** The namespaces of a cluster that see a host. */
type Seers = (fleet: Fleet, cluster: Cluster) => readonly string[];

export const destinationHostTaken: Rule = {
  name: "destination-host-taken",
  description: "No two destinations that one namespace of one cluster can see have the same host.",
  check(context) {
    const { model } = context;
    for (const { subject, value } of everyOne(context, "VirtualDestination"))
      claimHosts(context, subject, value, (fleet, cluster) => seersOf({ model, fleet, cluster }, subject.name, value));
    for (const { subject, value } of everyOne(context, "ExternalService"))
      claimHosts(context, subject, value, (fleet, cluster) =>
        seersOfService({ model, fleet, cluster }, subject.name, value),
      );
  },
};

function claimHosts(context: CheckContext, subject: Subject, exported: Exported, seers: Seers): void {
  const fleet = context.model.Fleet.get(exported.fleet);
  if (fleet === undefined) return;
  const owner = `${subject.kind} ${quote(subject.name)}`;
  const places = clustersNamed(fleet, exported.clusters).map((cluster) => ({
    key: `Host/${exported.fleet}/${cluster.name}`,
    namespaces: seers(fleet, cluster),
  }));
  exported.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const others = places.flatMap(
      ({ key, namespaces }) =>
        claimIn(context, subject, owner, { key: `${key}/${host.toLowerCase()}`, namespaces }) ?? [],
    );
    if (others[0] !== undefined) context.findings.add("MW0506", subject, ["hosts", index], { host, other: others[0] });
  });
}

/** Takes the host for the namespaces that see it. What all see meets what any sees, under a key of its own. */
function claimIn(
  context: CheckContext,
  subject: Subject,
  owner: string,
  { key, namespaces }: { readonly key: string; readonly namespaces: readonly string[] },
): string | undefined {
  const all = context.claims.get(`${key}/*`);
  const any = claim(context, subject, `${key}/any`, owner);
  const found = namespaces.map((namespace) => claim(context, subject, `${key}/${namespace}`, owner));
  if (namespaces.includes("*") && any !== undefined) return any;
  const visible = found.find((other) => other !== undefined);
  return visible ?? (any !== undefined && all !== owner ? all : undefined);
}
