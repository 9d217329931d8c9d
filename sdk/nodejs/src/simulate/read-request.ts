import { isIP } from "node:net";
import { quote } from "../diagnostics/words.js";
import type { Caller, Connection, Origin, Question, Request } from "./request.js";

/** Options that describe a request further. */
export interface RequestOptions {
  /** Each as `name: value`. */
  readonly header?: readonly string[];
  /** `gateway:NAME`, or `sidecar:NAMESPACE/KEY=VALUE,...` for a pod with these labels. */
  readonly from?: string;
  readonly cluster?: string;
  /** Service account of a pod with a sidecar. */
  readonly serviceAccount?: string;
  /** IP address of a gateway's client. */
  readonly address?: string;
}

/**
 * Parses a request or a connection from command-line arguments. Returns the problem as text if they are invalid. The
 * path stays as written.
 */
export function readQuestion(method: string, url: string, options: RequestOptions): Question | string {
  return /^(tcp|tls):/i.test(url) ? readConnection(method, url, options) : readRequest(method, url, options);
}

/** The method by which command lines ask for a connection. */
export const CONNECT = "CONNECT";

function readConnection(method: string, url: string, options: RequestOptions): Connection | string {
  const parts = /^(tcp|tls):\/\/([^/?#:]*):(\d{1,5})$/i.exec(url);
  if (parts === null) return `${quote(url)} is not an address, expected one like tls://db.example.com:443`;
  if (method !== CONNECT) return `${quote(method)} asks for a request, expected \`${CONNECT}\` before ${quote(url)}`;
  if ((options.header ?? []).length > 0) return "a connection has no headers, expected none";
  const from = readFrom(options);
  if (typeof from === "string") return from;
  const [, scheme = "", host = "", port = ""] = parts;
  return { from, scheme: scheme.toLowerCase() === "tls" ? "tls" : "tcp", host, port: Number(port) };
}

const SOURCES = "`gateway:NAME` or `sidecar:NAMESPACE/LABEL=VALUE`";

function readFrom({ from, cluster, serviceAccount, address }: RequestOptions): Origin | string {
  const sidecar = readCaller(from ?? "");
  const gateway = /^(?:gateway:)?([^:]+)$/.exec(from ?? "")?.[1];
  if (from !== undefined && gateway === undefined && sidecar === undefined)
    return `${quote(from)} is not a source of requests, expected ${SOURCES}`;
  if (serviceAccount !== undefined && sidecar === undefined)
    return "a service account belongs to a pod with a sidecar, expected `sidecar:NAMESPACE/LABEL=VALUE` beside it";
  if (address !== undefined && (sidecar !== undefined || isIP(address) === 0))
    return `${quote(address)} is not the IP address of a gateway's client`;
  return {
    ...(cluster !== undefined && { cluster }),
    ...(sidecar
      ? { sidecar: { ...sidecar, ...(serviceAccount !== undefined && { serviceAccount }) } }
      : gateway !== undefined && { gateway }),
    ...(address !== undefined && { address }),
  };
}

function readCaller(text: string): Caller | undefined {
  const [, namespace, rest = ""] = /^sidecar:([^/=,:]+)(?:\/(.+))?$/.exec(text) ?? [];
  if (namespace === undefined) return undefined;
  const labels: [string, string][] = [];
  for (const each of rest === "" ? [] : rest.split(",")) {
    const equal = each.indexOf("=");
    if (equal < 1) return undefined;
    labels.push([each.slice(0, equal), each.slice(equal + 1)]);
  }
  return { namespace, ...(labels.length > 0 && { labels: Object.fromEntries(labels) }) };
}

function readRequest(method: string, url: string, options: RequestOptions): Request | string {
  const parts = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(url);
  if (parts === null) return `${quote(url)} is not a URL, expected one like https://shop.example.com/reviews`;
  const [, scheme = "", host = "", target = ""] = parts;
  const from = readFrom(options);
  if (typeof from === "string") return from;
  const headers: [string, string][] = [];
  for (const header of options.header ?? []) {
    const colon = header.indexOf(":");
    if (colon < 1) return `${quote(header)} is not a header, expected \`name: value\``;
    headers.push([header.slice(0, colon).trim(), header.slice(colon + 1).trim()]);
  }
  const named = headers.findLast(([name]) => name.toLowerCase() === "host")?.[1];
  const port = /:(\d{1,5})$/.exec(host)?.[1];
  return {
    from,
    scheme: scheme.toLowerCase() === "https" ? "https" : "http",
    host: named ?? host,
    // an explicit Host header does not change where the client connects to
    ...(named !== undefined && { serverName: host.replace(/:\d*$/, ""), port: Number(port ?? defaultPort(scheme)) }),
    path: target.startsWith("/") ? target : `/${target}`,
    method,
    headers: headers.filter(([name]) => name.toLowerCase() !== "host"),
  };
}

function defaultPort(scheme: string): number {
  return scheme.toLowerCase() === "https" ? 443 : 80;
}
