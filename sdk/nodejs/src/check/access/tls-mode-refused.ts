import { PeerTlsMode } from "../../args/access-policy.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import type { VirtualDestination } from "../../model/virtual-destination.js";
import { placedBackends } from "../facts/backends.js";
import { clusterPathsBetween } from "../facts/cluster-paths.js";
import { accessPolicyOf, type PlacedPolicy, policyOf } from "../facts/policies.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

export const tlsModeRefused: Rule = {
  name: "tls-mode-refused",
  codes: ["MW0485"],
  description:
    "The TLS mode of an access policy can hold: at pods, and without mutual TLS only where no other network calls.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualGateway")) {
      const access = accessPolicyOf(context, value.policies);
      if (access?.value.tlsMode === undefined) continue;
      context.findings.add("MW0485", subject, access.path, { policy: access.name, on: "gateway", clusters: [] });
    }
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      const fleet = context.model.Fleet.get(value.fleet);
      checkCallers(context, subject, value, access);
      if (access?.value.tlsMode !== PeerTlsMode.Disable || fleet === undefined) continue;
      const clusters = placedBackends(context, value)
        .map(({ cluster }) => cluster)
        .filter((to) => clusterPathsBetween(fleet.clusters, [to]).some(({ route }) => route === "mutual-tls"))
        .map(({ name }) => name);
      if (clusters.length === 0) continue;
      context.findings.add("MW0485", subject, access.path, { policy: access.name, on: "networks", clusters });
    }
  },
};

/** Callers that must speak otherwise than pods demand. */
function checkCallers(
  context: CheckContext,
  subject: Subject,
  destination: VirtualDestination,
  access: PlacedPolicy<"AccessPolicy"> | undefined,
): void {
  const mode = policyOf(context, destination, "ClientTLSPolicy")?.value.mode;
  const tlsMode = access?.value.tlsMode;
  if (mode === undefined || access === undefined) return;
  const isMutual = mode === "istioMutual";
  if (tlsMode !== (isMutual ? PeerTlsMode.Disable : PeerTlsMode.Strict)) return;
  context.findings.add("MW0485", subject, access.path, { policy: access.name, on: "callers", clusters: [], mode });
}
