import type { Locality } from "../model/fleet.js";
import { subsetKey } from "../model/labels.js";
import type { ConnectionTarget, Decision, Endpoint, RejectedPart } from "./decision.js";

/** Describes the outcome of a request in one line. */
export function describeDecision(decision: Decision): string {
  switch (decision.kind) {
    case "forward":
    case "passed":
      return `goes to ${decision.targets.map(describeShare).join(", ")}`;
    case "unrouted":
      return `no table takes it, and it goes to ${namesOf(decision.targets) || "its original host"}`;
    case "redirect":
      return `${decision.status}, sent to ${decision.location}`;
    case "direct":
      return `${decision.status}, answered by the gateway${describeBody(decision.body)}`;
    case "aborted":
      return `${decision.status}, answered by ${decision.by} ${decision.policies?.[decision.by]?.name ?? ""}`;
    case "denied":
      return `${decision.status}, refused by the access policy of gateway ${decision.gateway}`;
    case "preflight":
      return `${decision.status}, the gateway permits it: ${Object.entries(decision.headers)
        .map(([name, value]) => `${name.replace("access-control-allow-", "")} ${value}`)
        .join(", ")}`;
    case "notFound":
      return decision.reason === "noHost" ? "404, no table has the host" : "404, no route takes the request";
    case "rejected":
      return `${decision.status}, ${REJECTED[decision.part]}`;
    case "refused":
      return `the connection fails: ${REFUSED[decision.reason]}`;
    case "unanswered":
      return `no answer: ${UNANSWERED[decision.reason]}${describeCandidates(decision.reason, decision.candidates)}`;
  }
}

function describeShare({ destination, share }: ConnectionTarget): string {
  return `${destination.name}${share === undefined || share === 100 ? "" : ` (${percent(share)})`}`;
}

function namesOf(targets: readonly ConnectionTarget[]): string {
  return targets.map(({ destination }) => destination.name).join(", ");
}

function describeBody(body: string | undefined): string {
  return body === undefined ? "" : ` with ${JSON.stringify(shortened(body))}`;
}

function describeCandidates(reason: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const names = candidates.join(", ");
  return reason.startsWith("unknown") ? `, expected one of ${names}` : ` (${names})`;
}

const REJECTED: Readonly<Record<RejectedPart, string>> = {
  method: "Envoy does not know the method",
  host: "the Host header is missing or contains an invalid character",
  path: "the path does not begin with a slash or contains an invalid character",
  header: "a header contains a control character",
  connection: "the Connection header lists too many headers, or one that clients may not remove",
  upgrade: "Istio's proxies switch to no protocol but websocket",
};

const REFUSED = {
  noListener: "no listener has the port",
  serverName: "no listener has the server name",
  needsTls: "the listener expects TLS",
  noTls: "the listener does not speak TLS",
  needsHttp: "the listener waits for an HTTP request",
  denied: "an access policy of the gateway refuses it",
} as const;

const UNANSWERED = {
  unknownCluster: "there is no such cluster",
  severalClusters: "choose a cluster",
  unknownGateway: "there is no such gateway",
  severalGateways: "choose a gateway",
  notKnownYet: "it depends on a value that is not known yet",
} as const;

/** Formats a share: `90%`, `33.3%`. */
export function percent(share: number): string {
  return `${Math.round(share * 10) / 10}%`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Formats a target: `reviews.global:80, subset version=v1`. */
export function describeTarget({ destination, host, port, subset }: ConnectionTarget): string {
  const at =
    destination.kind === "Service"
      ? `${destination.namespace}/${destination.name}:${port} of ${destination.cluster}`
      : `${host}:${port}`;
  return `${at}${subset === undefined ? "" : `, subset ${subsetKey(subset.labels)}`}`;
}

/** Describes an endpoint in a few words. */
export function describeEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case "pods": {
      const labels = subsetKey(endpoint.labels).replaceAll(",", ", ");
      return `pods ${labels} in ${endpoint.namespace}, port ${endpoint.port}${place(endpoint.locality)}`;
    }
    case "eastWestGateway":
      return `${endpoint.cluster} through ${endpoint.address}:${endpoint.port}${place(endpoint.locality)}`;
    case "service":
      return `Service ${endpoint.host}:${endpoint.port}`;
    case "external":
      return `${endpoint.address}:${endpoint.port}${place(endpoint.locality)}`;
  }
}

function place(locality: Locality | undefined): string {
  if (locality === undefined) return "";
  return ` (${[locality.region, locality.zone, locality.subZone].filter((part) => part !== undefined).join("/")})`;
}
