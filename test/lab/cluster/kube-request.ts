/**
 * Plain requests to an API server.
 *
 * The typed client drops fields that its models lack, such as `x-kubernetes-int-or-string` of CRDs; here JSON passes
 * through unchanged.
 */
import https from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { KubeConfig, KubernetesObject } from "@kubernetes/client-node";

export class KubeRequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const BUSY_ATTEMPTS = 60;
const BUSY_DELAY_MS = 250;

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface KubeRequest {
  readonly method: "GET" | "PATCH" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** User to impersonate; the sender must be an administrator. Default: none. */
  readonly as?: Impersonated;
}

/** A user as the API server's authentication identifies them. */
export interface Impersonated {
  readonly user: string;
  readonly groups: readonly string[];
}

/**
 * Sends a request to the current context's API server and returns the JSON response; throws unless the status is 2xx.
 */
export async function kubeRequest<T>(config: KubeConfig, request: KubeRequest): Promise<T> {
  const { status, text } = await kubeAnswer(config, request);
  if (status >= 200 && status < 300) return JSON.parse(text) as T;
  throw new KubeRequestError(status, `${request.method} ${request.path}: ${status} ${messageIn(text)}`);
}

/** Sends a request to the current context's API server and returns the response, whatever its status. */
export async function kubeAnswer(config: KubeConfig, request: KubeRequest): Promise<Answer> {
  const server = config.getCurrentCluster()?.server;
  if (!server) throw new Error("the kubeconfig has no current cluster");
  const options: https.RequestOptions = { method: request.method, timeout: 30_000 };
  await config.applyToHTTPSOptions(options);
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  options.headers = {
    ...options.headers,
    "Content-Type": request.contentType ?? "application/json",
    ...(request.as && { "Impersonate-User": request.as.user, "Impersonate-Group": [...request.as.groups] }),
  };
  return sendWithRetries(new URL(request.path, server), options, body);
}

/** Applies an object server-side; `resource` is the path of its collection. */
export function applyObject(config: KubeConfig, resource: string, object: KubernetesObject): Promise<KubernetesObject> {
  return kubeRequest(config, {
    method: "PATCH",
    path: `${resource}/${object.metadata?.name}?fieldManager=meshway-lab&force=true&fieldValidation=Strict`,
    // JSON is YAML.
    contentType: "application/apply-patch+yaml",
    body: object,
  });
}

async function sendWithRetries(url: URL, options: https.RequestOptions, body?: string): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await send(url, options, body);
    // The API server asks clients to retry, for example while it loads the objects of a kind on first use.
    if (answer.status !== 429 || attempt >= BUSY_ATTEMPTS) return answer;
    await delay(BUSY_DELAY_MS);
  }
}

function send(url: URL, options: https.RequestOptions, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = https.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    request.on("timeout", () => request.destroy(new Error(`no answer from ${url.origin} within 30 s`)));
    request.on("error", reject);
    request.end(body);
  });
}

function messageIn(text: string): string {
  try {
    return JSON.parse(text).message ?? text;
  } catch {
    return text;
  }
}
