import { joined } from "./joined.js";
import type { Request } from "./request.js";

type Sent = NonNullable<Request["headers"]>;

/** The requests that a client makes of its own connection, by `Connection` and `Upgrade`. */
export interface HopByHop {
  /** The protocol that the client wants to switch to, in lower case; absent if it sends no upgrade that counts. */
  readonly upgrade?: string;
  /** Headers that concern this connection only, in lower case: Envoy removes them. */
  readonly nominated: readonly string[];
  /** True if Envoy answers 400, because of too many nominated headers or one that nobody may remove. */
  readonly isRejected: boolean;
}

/** Tokens of `Connection` that name no header to remove. */
const OPTIONS: ReadonlySet<string> = new Set(["close", "http2-settings", "keep-alive", "upgrade"]);

/** Headers whose removal would hide the origin of a request. A request without Host is rejected in any case. */
const NEVER: ReadonlySet<string> = new Set(["host", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"]);

/** Envoy rejects this many tokens. */
const TOO_MANY = 10;

const NOTHING: HopByHop = { nominated: [], isRejected: false };

/**
 * Reads the headers that connect two neighbors as Envoy's HTTP/1 codec does.
 *
 * Envoy: Utility::isUpgrade, Utility::sanitizeConnectionHeader (source/common/http/utility.cc).
 */
export function hopByHop(sent: Sent): HopByHop {
  const connection = joinedValue(sent, "connection");
  if (connection === undefined) return NOTHING;
  const tokens = connection
    .split(",")
    .filter((token) => token !== "")
    .map((token) => token.trim().toLowerCase());
  const upgrade = tokens.includes("upgrade") ? joinedValue(sent, "upgrade")?.toLowerCase() : undefined;
  // HTTP/2 in plaintext is never negotiated
  const isHttp2 = upgrade === "h2c";
  if (upgrade !== undefined && !isHttp2) return { upgrade, nominated: [], isRejected: false };
  const named = isHttp2 ? tokens.filter((token) => token !== "upgrade" && token !== "http2-settings") : tokens;
  const nominated = named.filter((token) => !OPTIONS.has(token));
  return {
    nominated: isHttp2 ? [...nominated, "http2-settings"] : nominated,
    isRejected: named.length >= TOO_MANY || nominated.some((token) => NEVER.has(token) || token.startsWith(":")),
  };
}

/** The one protocol that Istio's proxies let clients switch to; routes answer 403 to all others. */
export const ACCEPTED_UPGRADE = "websocket";

function joinedValue(sent: Sent, name: string): string | undefined {
  const values = sent.flatMap(([written, value]) => (written.toLowerCase() === name ? [value.trim()] : []));
  return values.length === 0 ? undefined : values.reduce(joined);
}
