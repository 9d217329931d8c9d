import { type BoundListener, chainFor, type Proxies } from "./bound-listener.js";
import type { Unanswered } from "./decision.js";
import { hostName, opensTls, portOf, type Question, serverNameOf } from "./request.js";

/**
 * Chooses the proxies that a request or a connection reaches: the named gateway's, otherwise the only ones with its
 * port, or among several the only ones that serve the host.
 */
export function chooseProxies(all: readonly Proxies[], request: Question): Proxies | Unanswered {
  const wanted = request.from?.gateway;
  if (wanted !== undefined) {
    const found = all.find(({ gateways }) => gateways.some(({ maker }) => maker.name === wanted));
    return found ?? { kind: "unanswered", reason: "unknownGateway", candidates: namesOf(all) };
  }
  const [only, ...more] = all;
  if (only !== undefined && more.length === 0) return only;
  const port = portOf(request);
  const fitting = all.filter(({ boundListeners }) => boundListeners.has(port));
  const [first, ...others] = fitting.length > 0 ? fitting : all;
  if (first === undefined) return { kind: "unanswered", reason: "unknownGateway", candidates: namesOf(all) };
  // if no gateway has the port, all of them refuse
  if (others.length === 0 || fitting.length === 0) return first;
  const knowing = fitting.filter(({ boundListeners }) => knowsHost(boundListeners.get(port), request));
  const [one, ...rest] = knowing;
  const candidates = namesOf(knowing.length > 0 ? knowing : fitting);
  return one !== undefined && rest.length === 0 ? one : { kind: "unanswered", reason: "severalGateways", candidates };
}

function namesOf(all: readonly Proxies[]): readonly string[] {
  return all.flatMap(({ gateways }) => gateways.map(({ maker }) => maker.name));
}

function knowsHost(boundListener: BoundListener | undefined, request: Question): boolean {
  if (boundListener === undefined || (boundListener.wireProtocol === "TLS") !== opensTls(request))
    return boundListener?.wireProtocol === "TCP";
  const chain = chainFor(boundListener, serverNameOf(request));
  return chain?.kind === "http"
    ? chain.virtualHosts.find(hostName(request.host ?? "")) !== undefined
    : chain !== undefined;
}
