import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, ClusterUnreachableError } from "./api-error";
import type { Json, JsonObject } from "./json";
import type { ClusterAccess } from "./kubeconfig";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly contentType?: string;
  readonly accept?: string;
}

const CONNECT_TIMEOUT = 5_000;
const ANSWER_TIMEOUT = 60_000;
const TRIES = 4;
const PASSING_CODES: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
/** Responses of a server that has not started the work. */
const TURNED_AWAY: ReadonlySet<number> = new Set([429, 503]);
const DROPPED: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE"]);

/** Sends JSON requests to one API server over a few kept-alive connections, and retries transient failures. */
export class ApiClient {
  private readonly agent: http.Agent;
  private readonly transport: typeof http | typeof https;
  /** After a connection failure, others fail immediately for a moment: a thousand objects must not wait in turn. */
  private unreachable: { readonly error: ClusterUnreachableError; readonly until: number } | undefined;

  constructor(
    private readonly access: ClusterAccess,
    private readonly cancelled: AbortSignal,
  ) {
    const pool = { keepAlive: true, maxSockets: 16, scheduling: "lifo" } as const;
    const isHttps = access.server.startsWith("https:");
    this.transport = isHttps ? https : http;
    this.agent = isHttps ? new https.Agent({ ...pool, ...access.tls }) : new http.Agent(pool);
  }

  /** Returns the parsed response; throws ApiError or ClusterUnreachableError. */
  async send(request: ApiRequest): Promise<JsonObject> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.sendOnce(request);
      } catch (error) {
        if (attempt === TRIES || this.cancelled.aborted || !mayRepeat(request, error)) throw this.explain(error);
        await sleep(150 * 2 ** attempt, undefined, { signal: this.cancelled });
      }
    }
  }

  private sendOnce(request: ApiRequest): Promise<JsonObject> {
    if (this.unreachable !== undefined && Date.now() < this.unreachable.until) throw this.unreachable.error;
    const query = new URLSearchParams(request.query).toString();
    const url = `${this.access.server}${request.path}${query === "" ? "" : `?${query}`}`;
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const authorization = this.access.authorization();
    const headers: http.OutgoingHttpHeaders = {
      accept: request.accept ?? "application/json",
      "user-agent": "pulumi-kubernetes (meshway lab stand-in)",
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined
        ? {}
        : { "content-type": request.contentType ?? "application/json", "content-length": Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = this.transport.request(url, { method: request.method, agent: this.agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          const parsed = parseAnswer(Buffer.concat(chunks).toString("utf8"));
          const code = answer.statusCode ?? 0;
          if (code >= 200 && code < 300) resolve(parsed as JsonObject);
          else reject(new ApiError(code, parsed));
        });
      });
      outgoing.on("error", reject);
      outgoing.setTimeout(ANSWER_TIMEOUT, () =>
        outgoing.destroy(new Error(`no answer within ${ANSWER_TIMEOUT / 1000} s`)),
      );
      outgoing.on("socket", (socket) => {
        if (!socket.connecting) return;
        const error = new Error(`no connection within ${CONNECT_TIMEOUT / 1000} s`);
        const timer = setTimeout(() => outgoing.destroy(error), CONNECT_TIMEOUT);
        socket.once(this.transport === https ? "secureConnect" : "connect", () => clearTimeout(timer));
        outgoing.once("close", () => clearTimeout(timer));
      });
      outgoing.end(body);
    });
  }

  private explain(error: unknown): unknown {
    if (error instanceof ApiError || error instanceof ClusterUnreachableError || this.cancelled.aborted) return error;
    const { message, code } = error as NodeJS.ErrnoException;
    const explained = new ClusterUnreachableError(`${this.access.server}: ${message || code || String(error)}`);
    this.unreachable = { error: explained, until: Date.now() + 3_000 };
    return explained;
  }
}

/**
 * Returns true if the failure is transient.
 *
 * A POST that may have succeeded is not repeated: the second one would only find that the object exists.
 */
function mayRepeat({ method }: ApiRequest, error: unknown): boolean {
  if (error instanceof ApiError) return (method === "POST" ? TURNED_AWAY : PASSING_CODES).has(error.code);
  return method !== "POST" && DROPPED.has((error as NodeJS.ErrnoException).code ?? "");
}

function parseAnswer(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text.slice(0, 500);
  }
}
