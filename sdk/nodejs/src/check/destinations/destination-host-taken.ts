import type { Subject } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/words.js";
import { isDeferred } from "../../model/deferred.js";
import type { Cluster, Fleet } from "../../model/fleet.js";
import { clustersNamed } from "../../model/fleet.js";
import { seersOf, seersOfService } from "../../model/visibility.js";
import { type CheckContext, claim, everyOne, type Rule } from "../rule.js";

interface Exported {
  readonly fleet: string;
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
}

/** The namespaces of a cluster that see a host. */
type Seers = (fleet: Fleet, cluster: Cluster) => readonly string[];

export const destinationHostTaken: Rule = {
  name: "destination-host-taken",
  codes: ["MW0506"],
  description: "No two destinations visible to the same namespace of a cluster have the same host.",
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
    const [met] = places.flatMap(
      ({ key, namespaces }) =>
        claimIn(context, subject, owner, { key: `${key}/${host.toLowerCase()}`, namespaces }) ?? [],
    );
    if (met === undefined) return;
    const { other, namespace } = met;
    const areExternal = [owner, other].every((each) => each.startsWith("ExternalService "));
    const facts = { host, other, namespace, areExternal };
    context.findings.add("MW0506", subject, ["hosts", index], facts);
  });
}

/**
 * Another owner of a host, and a namespace that would see both; `*` if both are exported to all, or one to all and the
 * other to some.
 */
interface Met {
  readonly other: string;
  readonly namespace: string;
}

/** Claims the host for the namespaces that see it. An export to all conflicts with any other, under a separate key. */
function claimIn(
  context: CheckContext,
  subject: Subject,
  owner: string,
  { key, namespaces }: { readonly key: string; readonly namespaces: readonly string[] },
): Met | undefined {
  const all = context.claims.get(`${key}/*`);
  const any = claim(context, subject, `${key}/any`, owner);
  const found = namespaces.flatMap((namespace) => {
    const other = claim(context, subject, `${key}/${namespace}`, owner);
    return other === undefined ? [] : [{ other, namespace }];
  });
  if (namespaces.includes("*") && any !== undefined) return { other: any, namespace: "*" };
  if (found[0] !== undefined) return found[0];
  return any !== undefined && all !== undefined && all !== owner ? { other: all, namespace: "*" } : undefined;
}
