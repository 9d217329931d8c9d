import { isDeferred } from "../model/deferred.js";
import { answer, redirectToHttps, type TargetsOf } from "./answer.js";
import type { Decision, Refused, Unanswered } from "./decision.js";
import { type Chain, chainFor, type Door, type Proxies } from "./door.js";
import { type Incoming, receive } from "./incoming.js";
import { portOf, type Request, serverNameOf } from "./request.js";
import type { VirtualHost } from "./virtual-hosts.js";

const NOT_KNOWN: Unanswered = { kind: "unanswered", reason: "notKnownYet", candidates: [] };

/** The way of one request through proxies, and how far it came. */
export class Passage {
  readonly request: Request;
  door: Door | undefined;
  serverName: string | undefined;
  chain: Chain | undefined;
  incoming: Incoming | undefined;
  virtualHost: VirtualHost | undefined;
  /** Whether routes were looked for: not where the listener redirects everything. */
  isRouted = false;

  constructor(request: Request) {
    this.request = request;
  }

  /** Follows the request: the connection, the HTTP request, the host, the route. */
  decide(proxies: Proxies, targets: TargetsOf): Decision {
    const { request } = this;
    const isTls = request.scheme === "https";
    const door = proxies.doors.get(portOf(request));
    this.door = door;
    if (door === undefined) return proxies.isPartial ? NOT_KNOWN : refused("noListener");
    if (door.isTls !== isTls) return refused(isTls ? "noTls" : "needsTls");
    this.serverName = isTls ? serverNameOf(request) : undefined;
    const chain = chainFor(door, this.serverName);
    if (chain === undefined) return refused("serverName");
    this.chain = chain;
    const incoming = receive(request);
    if ("kind" in incoming) return incoming;
    this.incoming = incoming;
    const virtualHost = chain.virtualHosts.find(incoming.hostName);
    this.virtualHost = virtualHost;
    if (virtualHost !== undefined) return this.#route(virtualHost, incoming, targets);
    return chain.virtualHosts.isPartial ? NOT_KNOWN : { kind: "notFound", status: 404, reason: "noHost" };
  }

  #route(virtualHost: VirtualHost, incoming: Incoming, targets: TargetsOf): Decision {
    if (isDeferred(virtualHost.redirectsToHttps)) return NOT_KNOWN;
    if (virtualHost.redirectsToHttps) return redirectToHttps(incoming);
    this.isRouted = true;
    const entry = virtualHost.index.first(incoming);
    if (entry === undefined) return { kind: "notFound", status: 404, reason: "noRoute" };
    return entry.isKnown ? answer(entry, incoming, targets) : NOT_KNOWN;
  }
}

function refused(reason: Refused["reason"]): Refused {
  return { kind: "refused", reason };
}
