/** What a client asks of the connection to its neighbor. */
import fc from "fast-check";

export type WrittenHeaders = readonly (readonly [name: string, value: string])[];

const PROTOCOLS = ["websocket", "websocket", "websocket", "WebSocket", "h2c", "foo", "websocket, foo", ""];

const upgrade = fc
  .record({
    connection: fc.constantFrom("Upgrade", "keep-alive, upgrade", "x-a, upgrade", "upgrade, close", "upgrade;q=1"),
    protocol: fc.constantFrom(...PROTOCOLS),
  })
  .map(
    ({ connection, protocol }): WrittenHeaders => [
      ["Connection", connection],
      ["Upgrade", protocol],
    ],
  );

const nominated = fc
  .constantFrom(
    ...["x-a", "X-A, x-b", "cookie,authorization", "te", "close", "connection", "upgrade", "http2-settings", ""],
    ...["x-forwarded-for", "host", ":path", "x:path", "a,b,c,d,e,f,g,h,i,", "a,b,c,d,e,f,g,h,i,j"],
  )
  .map((connection): WrittenHeaders => [["connection", connection]]);

/** Headers that switch to another protocol, or take other headers away. */
export const connecting: fc.Arbitrary<WrittenHeaders> = fc.oneof(
  { weight: 3, arbitrary: upgrade },
  { weight: 1, arbitrary: nominated },
  { weight: 1, arbitrary: fc.constant<WrittenHeaders>([["upgrade", "websocket"]]) },
);
