/** A pod with a sidecar, which takes what the pod sends. */
export interface Caller {
  readonly namespace: string;
  /** Labels of the pod. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its service account, which access policies may ask for. Default: any. */
  readonly serviceAccount?: string;
}

/** Where a request or a connection comes from. */
export interface Origin {
  readonly cluster?: string;
  readonly gateway?: string;
  readonly sidecar?: Caller;
  /** Address of a gateway's client, which access policies may ask for. Default: any. */
  readonly address?: string;
}

/** A request as a client sends it, over HTTP/1.1. */
export interface Request {
  /** Where it arrives, or the pod with a sidecar that sends it. The cluster may be left out where only one has the gateway, the gateway where only one has the port and the host. */
  readonly from?: Origin;
  readonly scheme: "http" | "https";
  /** The Host header, with or without a port; absent where the client sends none. */
  readonly host?: string;
  /** Port that the client connects to. Default: the port in `host`, else that of the scheme. */
  readonly port?: number;
  /** The path as it is sent, with its query. */
  readonly path: string;
  /** Default `GET`. */
  readonly method?: string;
  /** Names and values in the order in which they are sent, without `Host`. Default: none. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** When it is sent, in seconds since the beginning of 1970, for the life of tokens. Default: now. */
  readonly time?: number;
  /** Server name that the client asks for over TLS. Default: the host, as browsers and curl do. */
  readonly serverName?: string;
}

/** A connection as a client opens it, of any protocol. */
export interface Connection extends Pick<Request, "from"> {
  readonly scheme: "tcp" | "tls";
  /** Name or address of what the client means to reach. */
  readonly host?: string;
  /** Port that the client connects to. */
  readonly port: number;
  /** Server name that the client asks for over TLS. Default: the host. */
  readonly serverName?: string;
}

/** What a simulator is asked about. */
export type Question = Request | Connection;

/** Whether a question is about a connection, whatever goes over it. */
export function isConnection(question: Question): question is Connection {
  return question.scheme === "tcp" || question.scheme === "tls";
}

/** Whether the client begins with a TLS handshake. */
export function opensTls({ scheme }: Pick<Question, "scheme">): boolean {
  return scheme === "https" || scheme === "tls";
}

/** Where the port of a Host header begins, its colon included; the length of the text where there is none. */
function portStart(authority: string): number {
  // Envoy: HeaderUtility::getPortStart (source/common/http/header_utility.cc) takes whatever follows the last colon for a port
  const colon = authority.lastIndexOf(":");
  return colon < 0 || authority.lastIndexOf("]") > colon ? authority.length : colon;
}

/** The name that a Host header gives, as Envoy compares it: in small letters, without a port. A dot at the end stays. */
export function hostName(authority: string): string {
  return authority.slice(0, portStart(authority)).toLowerCase();
}

/** The port that a request or a connection goes to. */
export function portOf({ port, host = "", scheme }: Pick<Question, "port" | "host" | "scheme">): number {
  if (port !== undefined) return port;
  const written = /^:(\d{1,5})$/.exec(host.slice(portStart(host)))?.[1];
  return written === undefined ? (scheme === "https" ? 443 : 80) : Number(written);
}

/** The server name that a client asks for: none for addresses, and never with a dot at the end. */
export function serverNameOf({ serverName, host = "" }: Pick<Question, "serverName" | "host">): string | undefined {
  const name = (serverName ?? hostName(host)).toLowerCase().replace(/\.$/, "");
  return name === "" || /^[\d.]+$|^\[/.test(name) ? undefined : name;
}
