import type { Subject } from "../diagnostics/diagnostic.js";
import { quote } from "../diagnostics/words.js";
import { isDeferred } from "../model/deferred.js";
import { clustersNamed } from "../model/topology.js";
import { type CheckContext, claim, everyOne, type Rule } from "./rule.js";

interface Exported {
  readonly fleet: string;
  readonly clusters?: readonly string[];
  readonly hosts: readonly string[];
  readonly exportTo: readonly string[];
}

export const destinationHostTaken: Rule = {
  name: "destination-host-taken",
  description: "No two destinations that one namespace of one cluster can see have the same host.",
  check(context) {
    for (const { subject, value } of everyOne(context, "VirtualDestination")) claimHosts(context, subject, value);
    for (const { subject, value } of everyOne(context, "ExternalService")) claimHosts(context, subject, value);
  },
};

function claimHosts(context: CheckContext, subject: Subject, exported: Exported): void {
  const fleet = context.model.Fleet.get(exported.fleet);
  if (fleet === undefined) return;
  const owner = `${subject.kind} ${quote(subject.name)}`;
  exported.hosts.forEach((host, index) => {
    if (isDeferred(host)) return;
    const others = clustersNamed(fleet, exported.clusters).flatMap(
      ({ name }) =>
        claimIn(context, subject, owner, `Host/${exported.fleet}/${name}/${host.toLowerCase()}`, exported) ?? [],
    );
    if (others[0] !== undefined) context.findings.add("MW0506", subject, ["hosts", index], { host, other: others[0] });
  });
}

/** Takes the host for the namespaces that see it. What all see meets what any sees, under a key of its own. */
function claimIn(
  context: CheckContext,
  subject: Subject,
  owner: string,
  key: string,
  { exportTo }: Exported,
): string | undefined {
  const all = context.claims.get(`${key}/*`);
  const any = claim(context, subject, `${key}/any`, owner);
  const found = exportTo.map((namespace) => claim(context, subject, `${key}/${namespace}`, owner));
  if (exportTo.includes("*") && any !== undefined) return any;
  const visible = found.find((other) => other !== undefined);
  return visible ?? (any !== undefined && all !== owner ? all : undefined);
}
