/** An authorizer in every pod, over HTTP and gRPC: it allows requests of any user but `mallory`. */
import { mapAt, messageAt, readMessage, writeMessage } from "./protobuf.js";

/** Path prefix of authorization requests over HTTP. */
export const AUTHORIZE = "/authorize";

/** Decision about a request. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Headers for the request if it is allowed, otherwise for the caller. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Decides about a request by its header `x-user`; `context` is further information about it. */
export function judge(user: string | undefined, context: Readonly<Record<string, string>> = {}): Verdict {
  const isAllowed = user !== undefined && user !== "" && user !== "mallory";
  const headers: Record<string, string> = isAllowed
    ? { "x-verified": `${user}${context["tier"] === undefined ? "" : ` of ${context["tier"]}`}` }
    : { "x-reason": user ? "not you" : "who are you", "x-inside": "1" };
  return { isAllowed, headers, body: isAllowed ? "" : "refused" };
}

/** Envoy's service `envoy.service.auth.v3.Authorization`, method `Check`. */
export const CHECK_PATH = "/envoy.service.auth.v3.Authorization/Check";

/** Answers a `CheckRequest` with a `CheckResponse`. */
export function check(request: Buffer): Buffer {
  const attributes = messageAt(readMessage(request), 1);
  const headers = mapAt(messageAt(attributes, 4, 2), 3);
  const { isAllowed, headers: added, body } = judge(headers["x-user"], mapAt(attributes, 10));
  const options = Object.entries(added).map(
    ([name, value]) =>
      [
        2,
        writeMessage([
          [
            1,
            writeMessage([
              [1, name],
              [2, value],
            ]),
          ],
        ]),
      ] as const,
  );
  if (isAllowed) return writeMessage([[3, writeMessage(options)]]);
  const forbidden = writeMessage([[1, 403]]);
  return writeMessage([
    [1, writeMessage([[1, PERMISSION_DENIED]])],
    [2, writeMessage([[1, forbidden], ...options, [3, body]])],
  ]);
}

const PERMISSION_DENIED = 7;
