import { normalizePath } from "../model/normalize-path.js";
import type { NotFound, Rejected, RejectedPart } from "./decision.js";
import { type HeaderValues, receivedHeaders } from "./headers.js";
import { ACCEPTED_UPGRADE, hopByHop } from "./hop-by-hop.js";
import type { Fields } from "./jwt.js";
import { hostName, type Request } from "./request.js";

interface Parts {
  readonly path: string;
  readonly query: string;
  readonly authority: string;
  readonly claims?: Fields;
}

/** A request as Envoy sees it during route matching. */
export class Incoming {
  readonly method: string;
  /** The Host header as sent. */
  readonly authority: string;
  readonly hostName: string;
  readonly scheme: Request["scheme"];
  /** Normalized, without the query. */
  readonly path: string;
  /** Includes the question mark; empty if there is none. */
  readonly query: string;
  /** The claims of the verified token; absent before a token is verified. */
  readonly claims?: Fields;
  readonly #request: Request;
  #headers: HeaderValues | undefined;
  #parameters: ReadonlyMap<string, string> | undefined;

  constructor(request: Request, parts: Parts) {
    this.#request = request;
    this.method = request.method ?? "GET";
    this.scheme = request.scheme;
    this.path = parts.path;
    this.query = parts.query;
    this.authority = parts.authority;
    this.hostName = hostName(parts.authority);
    if (parts.claims !== undefined) this.claims = parts.claims;
  }

  /** The request once a token is verified. */
  withClaims(claims: Fields): Incoming {
    const { path, query, authority } = this;
    return new Incoming(this.#request, { path, query, authority, claims });
  }

  /** Time of sending, in seconds since the Unix epoch. */
  get time(): number {
    return this.#request.time ?? Date.now() / 1000;
  }

  get isAtSidecar(): boolean {
    return this.#request.from?.sidecar !== undefined;
  }

  get headers(): HeaderValues {
    this.#headers ??= receivedHeaders(this.#request.headers ?? [], this);
    return this.#headers;
  }

  /** True if the client wants another protocol than Istio's proxies accept, whichever route matches. */
  get isRefusedUpgrade(): boolean {
    const { upgrade } = hopByHop(this.#request.headers ?? []);
    return upgrade !== undefined && upgrade !== ACCEPTED_UPGRADE;
  }

  /** Raw query parameters: nothing is unescaped, and the first one of a name counts. */
  get parameters(): ReadonlyMap<string, string> {
    this.#parameters ??= parseQuery(this.query);
    return this.#parameters;
  }
}

/** Envoy: QueryParamsMulti::parseQueryString (source/common/http/utility.cc). */
function parseQuery(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (query.length < 2) return parameters;
  for (const part of query.slice(1).split("&")) {
    const equal = part.indexOf("=");
    const name = equal < 0 ? part : part.slice(0, equal);
    if (!parameters.has(name)) parameters.set(name, equal < 0 ? "" : part.slice(equal + 1));
  }
  return parameters;
}

/** Methods that Envoy's HTTP/1 parser accepts; it answers others with 400 (allow_custom_methods is off). */
const METHODS: ReadonlySet<string> = new Set(
  (
    "GET HEAD POST PUT DELETE OPTIONS TRACE PATCH COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK " +
    "BIND REBIND UNBIND ACL REPORT MKACTIVITY CHECKOUT MERGE MSEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE " +
    "MKCALENDAR LINK UNLINK SOURCE"
  ).split(" "),
);

/**
 * A path that starts with a slash, of visible characters except `#`. The absolute form with scheme and host is not
 * simulated.
 */
const PATH = /^\/[!"$-~]*$/;

const HOST = /^[!$-.0-;=@-[\]_a-z~]*$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Parses a request as Envoy's HTTP/1 codec and connection manager do, which answer malformed ones with 400. */
export function receive(request: Request): Incoming | Rejected | NotFound {
  const { host, headers = [] } = request;
  // spaces and tabs around the path belong to the request line (BalsaParser)
  const target = request.path.replace(/^[ \t]+|[ \t]+$/g, "");
  if (!isMethodKnown(request.method ?? "GET", headers)) return rejected("method");
  const authority = host?.trim();
  if (authority === undefined || !HOST.test(authority)) return rejected("host");
  if (!PATH.test(target) && !isAsterisk(request, target)) return rejected("path");
  for (const [, value] of headers) if (CONTROL.test(value)) return rejected("header");
  if (hopByHop(headers).isRejected) return rejected("connection");
  if (target.startsWith("*")) return { kind: "notFound", status: 404, reason: "noRoute" };
  const mark = target.indexOf("?");
  const path = normalizePath(mark < 0 ? target : target.slice(0, mark));
  if (path === undefined) return rejected("path");
  return new Incoming(request, { path, query: mark < 0 ? "" : target.slice(mark), authority });
}

/** `QUERY` is accepted only with a content type. */
function isMethodKnown(method: string, headers: NonNullable<Request["headers"]>): boolean {
  if (method === "QUERY")
    return headers.some(([name, value]) => name.toLowerCase() === "content-type" && value.trim() !== "");
  return METHODS.has(method);
}

/** `OPTIONS *` addresses the server itself: it is well-formed, and no route matches it. */
function isAsterisk({ method }: Request, target: string): boolean {
  return method === "OPTIONS" && target.startsWith("*") && PATH.test(`/${target.slice(1).replaceAll("#", "")}`);
}

function rejected(part: Exclude<RejectedPart, "upgrade">): Rejected {
  return { kind: "rejected", status: 400, part };
}
