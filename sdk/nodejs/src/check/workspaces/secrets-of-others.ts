import { ClientTlsMode } from "../../args/external-service.js";
import type { Path, Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred } from "../../model/deferred.js";
import { clustersNamed } from "../../model/fleet.js";
import { mayClaimNamespace } from "../../model/may-claim.js";
import { mayUseSecret } from "../../model/secret-name.js";
import type { VirtualGateway } from "../../model/virtual-gateway.js";
import { seersOf, seersOfService } from "../../model/visibility.js";
import { ownsNamespace } from "../../model/workspace.js";
import { clustersOf } from "../facts/callers.js";
import { type Holder, holderOf, ownOf } from "../facts/holder.js";
import { policyOf } from "../facts/policies.js";
import { touchFleet } from "../facts/touch.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const secretsOfOthers: Rule = {
  name: "secrets-of-others",
  codes: ["MW0643"],
  description: "Other teams' proxies present their certificates for a resource only with the operators' consent.",
  check(context) {
    const { model } = context;
    for (const { subject, value } of inFocus(context, "ExternalService")) {
      const holder = holderOf(context, value);
      if (holder === undefined) continue;
      const { fleet } = holder;
      const namespaces = clustersNamed(fleet, value.clusters).flatMap((cluster) =>
        foreign(holder, cluster.name, seersOfService({ model, fleet, cluster }, subject.name, value), [
          value.namespace,
        ]),
      );
      value.ports.forEach(({ clientsideTls: tls }, index) => {
        // fields that a mode ignores have their own finding
        if (tls === undefined || tls.mode === ClientTlsMode.Disable || tls.mode === ClientTlsMode.IstioMutual) return;
        refuse({ context, subject, holder }, tls, ["ports", index, "clientsideTls"], namespaces);
      });
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const holder = holderOf(context, value);
      const policy = policyOf(context, value, "ClientTLSPolicy");
      if (holder === undefined || policy === undefined) continue;
      const { fleet } = holder;
      const home = value.services.map(({ namespace }) => namespace);
      const namespaces = fleet.clusters.flatMap((cluster) =>
        foreign(holder, cluster.name, seersOf({ model, fleet, cluster }, subject.name, value), home),
      );
      refuse({ context, subject, holder }, policy.value, policy.path, namespaces);
    }
    for (const { subject, value } of inFocus(context, "VirtualGateway")) {
      const holder = holderOf(context, value);
      // a namespace of others without consent has its own finding
      if (holder === undefined || !mayClaimNamespace(holder.consents, value.namespace)) continue;
      const namespaces = clustersOf(context, value).flatMap(({ name }) => foreign(holder, name, [value.namespace], []));
      refuseSecretsOfListeners({ context, subject, holder, value }, namespaces);
    }
  },
};

interface User {
  readonly context: CheckContext;
  readonly subject: Subject;
  readonly holder: Holder;
}

/**
 * Returns the namespaces whose proxies belong to others, among those that see a resource. An unowned resource has its
 * own namespaces.
 */
function foreign(
  { owner }: Holder,
  cluster: string,
  seers: readonly string[],
  home: readonly string[],
): readonly string[] {
  const isOwn = (namespace: string): boolean =>
    owner === undefined ? home.includes(namespace) : ownsNamespace(owner.workspace, cluster, namespace);
  return seers.filter((namespace) => namespace !== "." && !isOwn(namespace));
}

/**
 * The fields that choose which of their certificates proxies present. CA certificates reveal nothing about the caller,
 * and are not secret.
 */
interface Shown {
  readonly mode: unknown;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
}

function refuse(user: User, shown: Shown, path: Path, namespaces: readonly string[]): void {
  for (const field of ["credentialName", "clientCertificate", "privateKey"] as const)
    refuseSecret(user, { name: shown[field], what: field === "credentialName" ? "secret" : "file" }, namespaces, [
      ...path,
      ...(user.subject.kind === "VirtualDestination" ? [] : [field]),
    ]);
}

/**
 * Reports Secrets of a gateway's listeners that belong to its proxies in these namespaces rather than to the gateway.
 */
export function refuseSecretsOfListeners(
  user: User & { readonly value: VirtualGateway },
  namespaces: readonly string[],
): void {
  user.value.listeners.forEach(({ tls }, index) => {
    refuseSecret(user, { name: tls?.secretName, what: "secret" }, namespaces, [
      "listeners",
      index,
      "tls",
      "secretName",
    ]);
  });
}

interface Used {
  readonly name: string | undefined;
  readonly what: "secret" | "file";
}

function refuseSecret(
  { context, subject, holder }: User,
  { name, what }: Used,
  namespaces: readonly string[],
  path: Path,
): void {
  if (name === undefined || name === "" || isDeferred(name) || namespaces.length === 0) return;
  if (mayUseSecret(holder.secrets, name)) return;
  const facts = { name, what, namespaces: [...new Set(namespaces)].sort(), ...ownOf(holder) };
  touchFleet({ context, subject, holder, path }, "MW0643", facts);
}
