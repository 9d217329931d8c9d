/** What came back from Envoy, in the simulator's words. */
import { ECHO_HEADER, readEcho, type Seen } from "../wire/echo-server.js";
import { headerOf, type Message } from "../wire/message.js";
import { ROUTE_HEADER } from "./tagged-objects.js";

/** What Envoy did with a request. */
export interface Answer {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  /** The route that took the request, as `TABLE/ROUTE` or `TABLE/ROUTE.mINDEX`; delegating routes and their tables come before it. */
  readonly route?: string;
  readonly location?: string;
  /** Headers that tell a browser what it may do; absent where there are none. */
  readonly permission?: Readonly<Record<string, string>>;
  /** The body, where there is one. */
  readonly body?: string;
  /** What the backend saw, where there was one. */
  readonly seen?: Seen;
}

/** In the order in which the simulator tells them. */
const PERMISSIONS = ["allow-origin", "allow-credentials", "allow-methods", "allow-headers", "max-age"] as const;

/** Reads an answer. */
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

/** The name without that of its object, which stands before that of a route with filters: tables and routes alone come in pairs. */
function withoutObject(route: string | undefined): string | undefined {
  const parts = route?.split("/") ?? [];
  return parts.length % 2 === 0 ? route : parts.toSpliced(1, 1).join("/");
}
