import type { PlannedListener } from "../plan/types.js";
import { type AskedRequest, judgeAccess, type ListenerVerdict, type Sender } from "./access.js";
import type { BoundListener, Chain, Proxies } from "./bound-listener.js";
import type { Incoming } from "./incoming.js";
import type { Question } from "./request.js";

const NONE: readonly ListenerVerdict[] = [];

/** Headers that Envoy writes before RBAC runs. */
const PROXY_WRITTEN: ReadonlySet<string> = new Set(["x-envoy-external-address", "x-forwarded-for", "x-request-id"]);

/**
 * Returns the verdicts of all gateways on the proxies that guard the bound port, even through another's listener: one
 * refusal is enough.
 */
export function judgeAtListener(
  { gateways }: Proxies,
  { boundListener, chain }: { readonly boundListener: BoundListener; readonly chain: Chain },
  { from }: Question,
  incoming?: Incoming,
): readonly ListenerVerdict[] {
  // fast path: most gateways have no access policy, and simulations take microseconds
  if (gateways.every(({ access }) => access === undefined)) return NONE;
  const guarding = gateways.flatMap(({ maker, access }) =>
    access?.ports.includes(boundListener.boundPort) ? [{ gateway: maker.name, access }] : [],
  );
  if (guarding.length === 0) return NONE;
  const identity = chain.servers.every(({ listener }) => showsNoCertificate(listener)) ? "none" : "unknown";
  const sender: Sender = { identity, ...(from?.address !== undefined && { address: from.address }) };
  const asked = incoming && askedBy(incoming);
  return guarding.map(({ gateway, access }) => ({ gateway, ...judgeAccess(access.allowed, sender, asked) }));
}

/** Reports whether a listener's clients present no certificate. */
function showsNoCertificate({ tls }: PlannedListener): boolean {
  return tls === undefined || tls.mode === "SIMPLE" || tls.mode === "PASSTHROUGH";
}

function askedBy({ method, path, headers }: Incoming): AskedRequest {
  return { method, path, headers, isUnknown: (header) => PROXY_WRITTEN.has(header) };
}
