import * as http from "node:http";
import * as https from "node:https";

type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

const TIMEOUT_MS = 20_000;
/** Attempts of a request to a server that is busy or unhealthy. */
const ATTEMPTS = 6;
const INITIAL_WAIT_MS = 100;
const MAX_WAIT_MS = 5000;

/** An error response, or none. */
export class AnswerError extends Error {
  constructor(
    readonly status: number,
    /** Wait that the server asks for. */
    readonly waitMs = 0,
  ) {
    super(`status ${status}`);
  }
}

/** Returns why a request failed. Error messages quote kubeconfigs and responses, so they are not reported. */
export function reasonOf(error: unknown): string {
  if (error instanceof AnswerError) return `status ${error.status}`;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : "it can't be reached by this kubeconfig";
}

/** Gets a path from an API server as JSON; retries where the server is busy or fails. */
export async function ask<T>(config: KubeConfig, path: string, accept?: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOnce<T>(config, path, accept);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      const asked = error instanceof AnswerError ? error.waitMs : 0;
      const wait = Math.min(MAX_WAIT_MS, Math.max(asked, INITIAL_WAIT_MS * 2 ** (attempt - 1)));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/**
 * Returns true if a retry may succeed. A server that does not answer at all is not retried: that takes long, and the
 * cluster is usually down.
 */
function isTransient(error: unknown): boolean {
  if (error instanceof AnswerError) return error.status === 429 || error.status >= 500;
  return ["ECONNRESET", "EPIPE"].includes(String((error as { readonly code?: unknown }).code));
}

async function askOnce<T>(config: KubeConfig, path: string, accept: string | undefined): Promise<T> {
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new Error("the kubeconfig has no current cluster");
  const options: https.RequestOptions = { timeout: TIMEOUT_MS };
  await config.applyToHTTPSOptions(options);
  const types = [...(accept === undefined ? [] : [accept]), "application/json"];
  options.headers = { ...options.headers, Accept: types.join(",") };
  const url = new URL(server.replace(/\/$/, "") + path);
  return new Promise((resolve, reject) => {
    const { get } = url.protocol === "http:" ? http : https;
    const request = get(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        if (statusCode !== 200)
          return reject(new AnswerError(statusCode, 1000 * (Number(headers["retry-after"]) || 0)));
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")) as T);
        } catch (error) {
          reject(error);
        }
      });
    });
    request.on("timeout", () => request.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    request.on("error", reject);
  });
}
