/** An answer from Envoy, in the simulator's terms. */
import { ECHO_HEADER, readEcho, type Seen } from "../wire/echo-server.js";
import { headerOf, type Message } from "../wire/message.js";
import { ROUTE_HEADER } from "./tagged-objects.js";

/** The result of a request in Envoy. */
export interface Answer {
  /** 0 if the connection ended without an answer. */
  readonly status: number;
  /**
   * The route that took the request, as `TABLE/ROUTE` or `TABLE/ROUTE.mINDEX`; preceded by delegating routes and their
   * tables.
   */
  readonly route?: string;
  readonly location?: string;
  /** CORS headers of the answer; absent if there are none. */
  readonly permission?: Readonly<Record<string, string>>;
  /** The body, if there is one. */
  readonly body?: string;
  /** The request as the backend received it, if it reached one. */
  readonly seen?: Seen;
}

/** In the order of the simulator's answers. */
const PERMISSIONS = ["allow-origin", "allow-credentials", "allow-methods", "allow-headers", "max-age"] as const;

/** Parses an answer. */
export function readAnswer(message: Message | undefined): Answer {
  if (message === undefined) return { status: 0 };
  const route = withoutObject(headerOf(message, ROUTE_HEADER));
  const location = headerOf(message, "location");
  const echo = headerOf(message, ECHO_HEADER);
  const permission = PERMISSIONS.flatMap((name) => {
    const value = headerOf(message, `access-control-${name}`);
    return value === undefined ? [] : [[`access-control-${name}`, value]];
  });
  const body = message.body.toString("utf8");
  return {
    status: Number(message.first.split(" ")[1]),
    ...(route !== undefined && { route }),
    ...(location !== undefined && { location }),
    ...(permission.length > 0 && { permission: Object.fromEntries(permission) }),
    ...(body !== "" && { body }),
    ...(echo !== undefined && { seen: readEcho(echo) }),
  };
}

/** Removes the object's name, which precedes the name of a route with filters: tables and routes come in pairs. */
function withoutObject(route: string | undefined): string | undefined {
  const parts = route?.split("/") ?? [];
  return parts.length % 2 === 0 ? route : parts.toSpliced(1, 1).join("/");
}
