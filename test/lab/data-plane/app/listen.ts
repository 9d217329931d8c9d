/** The servers in a pod: each echoes what it received. */
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { text } from "node:stream/consumers";
import { TLSSocket } from "node:tls";
import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import { AUTHORIZE, CHECK_PATH, check, judge } from "./authorizer.js";
import { type AppSettings, type Behaviour, type Echo, FAILING_TRIES, WAIT_MS } from "./messages.js";
import { RATE_LIMIT_PATH, rateLimiter } from "./rate-limiter.js";

/** Starts every server in the settings. */
export async function listen(
  settings: AppSettings,
  behaviour: () => Behaviour,
  remember: (echo: Echo) => void,
): Promise<void> {
  const http = { behaviour, remember };
  await Promise.all([
    ...settings.httpPorts.map((port) => listenHttp(settings, { port }, http)),
    ...(settings.https?.ports ?? []).map((port) => listenHttp(settings, { port, ...settings.https }, http)),
    ...settings.grpcPorts.map((port) => listenGrpc(settings, port)),
    ...settings.tcpPorts.map((port) => listenTcp(settings, port)),
  ]);
}

function echoFor(
  { pod, namespace, cluster, labels }: AppSettings,
  rest: Omit<Echo, "pod" | "namespace" | "cluster" | "labels">,
): Echo {
  return { pod, namespace, cluster, labels, ...rest };
}

interface HttpListener {
  readonly port: number;
  readonly key?: string;
  readonly certificate?: string;
  readonly clientCa?: string;
}

function listenHttp(
  settings: AppSettings,
  { port, key, certificate, clientCa }: HttpListener,
  { behaviour, remember }: { readonly behaviour: () => Behaviour; readonly remember: (echo: Echo) => void },
): Promise<void> {
  const protocol = key === undefined ? "http" : "https";
  const answer: http.RequestListener = (request, response) => {
    const { rawHeaders, method = "", url = "" } = request;
    const headers: [string, string][] = [];
    for (let at = 0; at < rawHeaders.length; at += 2) headers.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
    const echo = echoFor(settings, {
      protocol,
      port,
      method,
      path: url,
      headers,
      ...identityIn(headers),
      ...handshakeOf(request),
    });
    remember(echo);
    if (url.startsWith(AUTHORIZE)) {
      request.resume();
      const { isAllowed, headers, body } = judge(request.headers["x-user"]?.toString());
      response.writeHead(isAllowed ? 200 : 403, headers).end(body);
      return;
    }
    const orders = ordersIn(request.headers);
    const send = (body?: string) => {
      const { status, health = status, bodies = {} } = behaviour();
      response.writeHead(orders.status ?? (url === "/healthz" ? health : status), {
        "content-type": "application/json",
        "x-powered-by": "echo",
      });
      response.end(bodies[url] ?? JSON.stringify({ ...echo, ...(body !== undefined && { body }) }));
    };
    if (request.headers["content-type"] === "application/json") void text(request).then(send, () => request.destroy());
    else {
      request.resume();
      if (orders.waitMs === 0) send();
      else setTimeout(send, orders.waitMs);
    }
  };
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true };
  const server =
    key === undefined ? http.createServer(answer) : https.createServer({ key, cert: certificate, ...clients }, answer);
  // Proxies keep connections for an hour; one that closes just when a request is sent would lose it.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "0.0.0.0", resolve);
  });
}

/** Returns what the client sent in a TLS handshake with the program itself. */
function handshakeOf({ socket }: http.IncomingMessage): Pick<Echo, "clientName" | "serverName"> {
  if (!(socket instanceof TLSSocket)) return {};
  const { servername: serverName } = socket as TLSSocket & { readonly servername?: string | false };
  const clientName = socket.getPeerCertificate().subject?.CN;
  return { ...(clientName && { clientName: String(clientName) }), ...(serverName && { serverName }) };
}

/** Reads the answer that a request asks for: a delay, or failures until proxies have retried often enough. */
function ordersIn(headers: http.IncomingHttpHeaders): { readonly status?: number; readonly waitMs: number } {
  const number = (name: string): number => Number(headers[name] ?? 0);
  const fails = number("x-envoy-attempt-count") <= number(FAILING_TRIES);
  return { ...(fails && number(FAILING_TRIES) > 0 && { status: 503 }), waitMs: number(WAIT_MS) };
}

/** Returns the client's identity as the sidecar wrote it: the last element is the client that connected to it. */
function identityIn(headers: readonly (readonly [string, string])[]): { identity?: string } {
  const certificate = headers.find(([name]) => name.toLowerCase() === "x-forwarded-client-cert")?.[1] ?? "";
  const identity = [...certificate.matchAll(/URI=([^;,"]+)/g)].at(-1)?.[1];
  return identity === undefined ? {} : { identity };
}

/** One method echoes what it received as text; the others implement the servers that Envoy calls. */
function listenGrpc(settings: AppSettings, port: number): Promise<void> {
  const server = new Server();
  const echo =
    (path: string): handleUnaryCall<Buffer, Buffer> =>
    (call, callback) => {
      const headers = Object.entries(call.metadata.getMap()).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      const seen = echoFor(settings, { protocol: "grpc", port, path, headers, ...identityIn(headers) });
      callback(null, Buffer.from(JSON.stringify(seen)));
    };
  const asIs = (message: Buffer): Buffer => message;
  const codec = {
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
    requestStream: false,
    responseStream: false,
  } as const;
  const answering =
    (answer: (request: Buffer) => Buffer): handleUnaryCall<Buffer, Buffer> =>
    ({ request }, callback) =>
      callback(null, answer(request));
  const path = "/meshway.Echo/Say";
  server.addService({ Say: { path, ...codec } }, { Say: echo(path) });
  server.addService({ Check: { path: CHECK_PATH, ...codec } }, { Check: answering(check) });
  server.addService({ Ask: { path: RATE_LIMIT_PATH, ...codec } }, { Ask: answering(rateLimiter()) });
  return new Promise((resolve, reject) => {
    server.bindAsync(`0.0.0.0:${port}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

/** Answers each line with one line. */
function listenTcp(settings: AppSettings, port: number): Promise<void> {
  const server = net.createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", () =>
      socket.end(`${JSON.stringify(echoFor(settings, { protocol: "tcp", port, headers: [] }))}\n`),
    );
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "0.0.0.0", () => resolve());
  });
}
