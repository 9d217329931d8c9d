/** A pod whose sidecar handles its outbound traffic. */
export interface Caller {
  readonly namespace: string;
  /** Labels of the pod. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Its service account, which access policies may match. Default: any. */
  readonly serviceAccount?: string;
}

/** The origin of a request or a connection. */
export interface Origin {
  readonly cluster?: string;
  readonly gateway?: string;
  readonly sidecar?: Caller;
  /** Address of a gateway's client, which access policies may match. Default: any. */
  readonly address?: string;
}

/** A request as a client sends it, over HTTP/1.1. */
export interface Request {
  /**
   * The gateway that receives it, or the pod with a sidecar that sends it. The cluster may be omitted if only one has
   * the gateway, the gateway if only one has the port and the host.
   */
  readonly from?: Origin;
  readonly scheme: "http" | "https";
  /** The Host header, with or without a port; absent if the client sends none. */
  readonly host?: string;
  /** Port that the client connects to. Default: the port in `host`, otherwise the scheme's. */
  readonly port?: number;
  /** The path as sent, with its query. */
  readonly path: string;
  /** Default `GET`. */
  readonly method?: string;
  /** Names and values in the order sent, without `Host`. Default: none. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Time of sending, in seconds since the Unix epoch, for the lifetime of tokens. Default: now. */
  readonly time?: number;
  /** Server name (SNI) that the client sends over TLS. Default: the host, as in browsers and curl. */
  readonly serverName?: string;
}

/** A connection as a client opens it, of any protocol. */
export interface Connection extends Pick<Request, "from"> {
  readonly scheme: "tcp" | "tls";
  /** Name or address that the client wants to reach. */
  readonly host?: string;
  /** Port that the client connects to. */
  readonly port: number;
  /** Server name (SNI) that the client sends over TLS. Default: the host. */
  readonly serverName?: string;
}

/** A request or a connection to simulate. */
export type Question = Request | Connection;

/** Reports whether a question is about a raw connection, whatever its protocol. */
export function isConnection(question: Question): question is Connection {
  return question.scheme === "tcp" || question.scheme === "tls";
}

/** Reports whether the client starts with a TLS handshake. */
export function opensTls({ scheme }: Pick<Question, "scheme">): boolean {
  return scheme === "https" || scheme === "tls";
}

/** Returns the index at which the port of a Host header starts, colon included; the text's length if there is none. */
function portStart(authority: string): number {
  // Envoy: HeaderUtility::getPortStart (source/common/http/header_utility.cc): anything after the last colon is a port
  const colon = authority.lastIndexOf(":");
  return colon < 0 || authority.lastIndexOf("]") > colon ? authority.length : colon;
}

/** Returns the name in a Host header as Envoy compares it: in lower case, without a port. A trailing dot stays. */
export function hostName(authority: string): string {
  return authority.slice(0, portStart(authority)).toLowerCase();
}

/** Returns the port that a request or a connection goes to. */
export function portOf({ port, host = "", scheme }: Pick<Question, "port" | "host" | "scheme">): number {
  if (port !== undefined) return port;
  const written = /^:(\d{1,5})$/.exec(host.slice(portStart(host)))?.[1];
  return written === undefined ? (scheme === "https" ? 443 : 80) : Number(written);
}

/** Returns the server name that a client sends: none for addresses, and never with a trailing dot. */
export function serverNameOf({ serverName, host = "" }: Pick<Question, "serverName" | "host">): string | undefined {
  const name = (serverName ?? hostName(host)).toLowerCase().replace(/\.$/, "");
  return name === "" || /^[\d.]+$|^\[/.test(name) ? undefined : name;
}
