import type { Leaf } from "../model/deferred.js";
import type { ClusterPlan, PlannedDestination } from "../plan/types.js";
import type { AskedRequest, Identity, Sender } from "./access.js";
import type { ConnectionTarget, Decision, Forward } from "./decision.js";
import { receivedHeaders } from "./headers.js";
import { receive } from "./incoming.js";
import { normalizePath } from "./normalize-path.js";
import type { Guards } from "./pod-authorization.js";
import { isConnection, type Question } from "./request.js";

/** The proxy that forwards requests: a gateway's, or the sidecar of a pod. */
export interface SendingProxy {
  readonly namespace: Leaf<string>;
  readonly serviceAccount?: string;
}

/** Judges whether pods allow what proxies of one cluster send them. */
export class PodAccess {
  readonly #guards: Guards;
  readonly #trustDomain: Leaf<string>;
  readonly #destinations: ReadonlyMap<string, PlannedDestination>;

  constructor(guards: Guards, { trustDomain, destinations }: ClusterPlan) {
    this.#guards = guards;
    this.#trustDomain = trustDomain;
    this.#destinations = new Map(
      destinations.flatMap((each) => (each.maker.kind === "VirtualDestination" ? [[each.maker.name, each]] : [])),
    );
  }

  /** Adds the verdicts of the targets' pods to a decision. */
  judged(decision: Decision, question: Question, proxy: SendingProxy): Decision {
    if (!this.#guards.hasAny) return decision;
    switch (decision.kind) {
      case "forward": {
        const asked = requestAfterRoute(decision, question);
        return { ...decision, targets: decision.targets.map((target) => this.#judge(target, proxy, asked)) };
      }
      case "passed":
        return { ...decision, targets: decision.targets.map((target) => this.#judge(target, proxy, undefined)) };
      case "unrouted": {
        const asked = unroutedRequest(question);
        return { ...decision, targets: decision.targets.map((target) => this.#judge(target, proxy, asked)) };
      }
      default:
        return decision;
    }
  }

  #judge<T extends ConnectionTarget>(target: T, proxy: SendingProxy, asked: AskedRequest | undefined): T {
    const access = this.#guards.judge(target, this.#senderTo(target, proxy), asked);
    return access === undefined ? target : { ...target, access };
  }

  /** Pods see the caller's proxy as their peer, never an address that a question could name. */
  #senderTo({ destination: { kind, name } }: ConnectionTarget, proxy: SendingProxy): Sender {
    const { namespace, serviceAccount } = proxy;
    const own: Identity = { trustDomain: this.#trustDomain, namespace, ...(serviceAccount && { serviceAccount }) };
    // Istio's own mutual TLS, wherever there are sidecars on both sides
    if (kind === "Service") return { identity: own };
    const planned = this.#destinations.get(name);
    const mode = planned?.policies?.clientTls?.mode;
    if (mode === "disable" || (mode === undefined && planned?.tls === "NONE")) return { identity: "none" };
    const isOwn = mode === "istioMutual" || (mode === undefined && planned?.tls === "MUTUAL");
    return { identity: isOwn && !this.#guards.hidesCallers(name) ? own : "unknown" };
  }
}

/** Headers that proxies along the path write into every request. */
const PROXY_WRITTEN = /^(host|x-forwarded-.*|x-envoy-.*|x-request-id)$/;

/** Returns a request as pods see it after its route and policies have changed it. */
function requestAfterRoute({ path, policies = {} }: Forward, question: Question): AskedRequest | undefined {
  if (isConnection(question)) return undefined;
  const { HeaderManipulationPolicy, TransformationPolicy, JWTPolicy } = policies;
  const mayChange = [HeaderManipulationPolicy, TransformationPolicy, JWTPolicy].some((each) => each !== undefined);
  const [written = path] = path.split("?", 1);
  return {
    method: question.method ?? "GET",
    path: normalizePath(written) ?? written,
    headers: receivedHeaders(question.headers ?? [], { authority: question.host ?? "", scheme: question.scheme }),
    isUnknown: (header) => mayChange || PROXY_WRITTEN.test(header),
  };
}

/** Returns a request as pods see it if no route matches it. */
function unroutedRequest(question: Question): AskedRequest | undefined {
  const incoming = isConnection(question) ? undefined : receive(question);
  if (incoming === undefined || "kind" in incoming) return undefined;
  const { method, path, headers } = incoming;
  return { method, path, headers, isUnknown: (header) => PROXY_WRITTEN.test(header) };
}
