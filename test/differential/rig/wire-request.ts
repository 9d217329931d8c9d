/** Serializes a simulated request. */
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { portOf } from "../../../sdk/nodejs/src/simulate/request.js";
import type { WireRequest } from "../wire/client.js";
import type { PortMap } from "./place.js";

/** Returns the bytes of a request and their destination; a rejected request ends its connection. */
export function wireRequest(request: Request, ports: PortMap, isRejected: boolean): WireRequest {
  const { method = "GET", path, host, headers = [] } = request;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const bytes = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "utf8");
  return { port: ports.get(portOf(request)) ?? 0, bytes, isHead: method === "HEAD", isLast: isRejected };
}
