/** Sends a pod's requests. */
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { Client, credentials } from "@grpc/grpc-js";
import type { Answer, Call, Echo, GrpcCall, HttpCall, TcpCall } from "./messages.js";

/** Offset of gRPC codes in `Answer.status`, to distinguish them from HTTP's. */
const GRPC_STATUS = 1000;

/** Sends one request and waits until it completes; never rejects. */
export function send(call: Call, agent?: http.Agent | https.Agent): Promise<Answer> {
  switch (call.kind) {
    case "http":
      return sendHttp(call, agent);
    case "grpc":
      return sendGrpc(call);
    case "tcp":
      return sendTcp(call);
  }
}

function lost(error: Error): Answer {
  const code = "code" in error ? String(error.code) : "";
  return { status: 0, error: code || error.message, headers: {}, body: "" };
}

function sendHttp(call: HttpCall, agent?: http.Agent | https.Agent): Promise<Answer> {
  const { protocol, hostname, port, host } = new URL(call.url);
  // the path as written: URL would normalize it
  const path = call.url.slice(call.url.indexOf("/", protocol.length + 2));
  const isTls = protocol === "https:";
  const { body } = call;
  const length = body === undefined ? [] : [["Content-Length", String(Buffer.byteLength(body))]];
  const headers = [["Host", host], ...length, ...(call.headers ?? [])].flat();
  const options: https.RequestOptions = {
    host: call.connectTo ?? hostname,
    port: port === "" ? (isTls ? 443 : 80) : Number(port),
    path: path.startsWith("/") ? path : "/",
    method: call.method ?? "GET",
    headers: headers as unknown as http.OutgoingHttpHeaders,
    agent: agent ?? false,
    timeout: call.timeout ?? 10_000,
    ...(isTls && {
      servername: hostname,
      ...(call.ca === undefined ? { rejectUnauthorized: false } : { ca: call.ca }),
    }),
  };
  return new Promise((resolve) => {
    const request = (isTls ? https : http).request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => resolve(lost(error)));
      response.on("end", () => resolve(answered(response, Buffer.concat(chunks).toString("utf8"))));
    });
    request.on("timeout", () => request.destroy(new Error("timeout")));
    request.on("error", (error) => resolve(lost(error)));
    request.end(body);
  });
}

function answered(response: http.IncomingMessage, body: string): Answer {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body, ...echoIn(body) };
}

function echoIn(body: string): { echo?: Echo } {
  // a filter may have extended and reordered it
  if (!/^\{.*"pod":/s.test(body)) return {};
  return { echo: JSON.parse(body) as Echo };
}

function sendGrpc({ address, path, authority }: GrpcCall): Promise<Answer> {
  const client = new Client(address, credentials.createInsecure(), {
    ...(authority !== undefined && { "grpc.default_authority": authority }),
  });
  const asIs = (message: Buffer): Buffer => message;
  return new Promise((resolve) => {
    const deadline = Date.now() + 10_000;
    client.makeUnaryRequest(path, asIs, asIs, Buffer.from(""), { deadline }, (error, message) => {
      client.close();
      if (error) resolve({ status: GRPC_STATUS + error.code, error: error.details, headers: {}, body: "" });
      else resolve({ status: GRPC_STATUS, headers: {}, body: String(message), ...echoIn(String(message)) });
    });
  });
}

function sendTcp({ host, port, text }: TcpCall): Promise<Answer> {
  return new Promise((resolve) => {
    let body = "";
    const socket = net.connect(port, host, () => socket.write(`${text}\n`));
    socket.setTimeout(10_000, () => socket.destroy(new Error("timeout")));
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    socket.on("error", (error) => resolve(lost(error)));
    socket.on("close", () =>
      resolve(body === "" ? lost(new Error("closed")) : { status: 200, headers: {}, body, ...echoIn(body) }),
    );
  });
}
