/** Serializes a simulated request. */

import { hopByHop } from "../../../sdk/nodejs/src/simulate/hop-by-hop.js";
import type { Request } from "../../../sdk/nodejs/src/simulate/request.js";
import { portOf } from "../../../sdk/nodejs/src/simulate/request.js";
import type { WireRequest } from "../wire/client.js";
import type { PortMap } from "./place.js";

/** Returns the bytes of a request and their destination; a rejection or an upgrade ends the connection. */
export function wireRequest(request: Request, ports: PortMap, isRejected: boolean): WireRequest {
  const { method = "GET", path, host, headers = [] } = request;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const bytes = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "utf8");
  return {
    port: ports.get(portOf(request)) ?? 0,
    bytes,
    isHead: method === "HEAD",
    isLast: isRejected || endsConnection(headers),
  };
}

function endsConnection(headers: NonNullable<Request["headers"]>): boolean {
  return hopByHop(headers).upgrade !== undefined || headers.some(([, value]) => /\bclose\b/i.test(value));
}
