/** A request as a client sends it, over HTTP/1.1. */
export interface Request {
  /** Where it arrives. The cluster may be left out where only one has the gateway, the gateway where only one has the port and the host. */
  readonly from?: { readonly cluster?: string; readonly gateway?: string };
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

/** The port that a request goes to. */
export function portOf({ port, host = "", scheme }: Request): number {
  if (port !== undefined) return port;
  const written = /^:(\d{1,5})$/.exec(host.slice(portStart(host)))?.[1];
  return written === undefined ? (scheme === "https" ? 443 : 80) : Number(written);
}

/** The server name that a client asks for: none for addresses, and never with a dot at the end. */
export function serverNameOf({ serverName, host = "" }: Request): string | undefined {
  const name = (serverName ?? hostName(host)).toLowerCase().replace(/\.$/, "");
  return name === "" || /^[\d.]+$|^\[/.test(name) ? undefined : name;
}
