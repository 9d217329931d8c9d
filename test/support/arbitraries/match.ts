import fc from "fast-check";
import { defined, distinct, maybe } from "./names.js";

const path = fc.oneof(
  fc.constantFrom("/", "/a", "/a/", "/a/b", "/A", "/b"),
  fc.stringMatching(/^\/[a-z0-9/._~-]{0,12}$/),
);

const uri = fc.oneof(
  fc.record({ exact: path, ignoreCase: maybe(fc.boolean()) }),
  fc.record({ prefix: path, ignoreCase: maybe(fc.boolean()) }),
  fc.record({ regex: fc.constantFrom("/a.*", "/[0-9]+", "(?i)/x|/y", ".*") }),
);

const value = fc.constantFrom({}, { value: "v" }, { value: "" }, { value: "a.*|b", regex: true });

const header = fc
  .record({ name: fc.constantFrom("x-a", "X-B", "user-agent", "cookie"), of: value, invertMatch: maybe(fc.boolean()) })
  .map(({ of, ...rest }) => defined({ ...rest, ...of }));

const query = fc
  .record({ name: fc.constantFrom("q", "Q", "p[0]"), of: value })
  .map(({ of, ...rest }) => ({ ...rest, ...of }));

/** A matcher with every kind of condition. */
export const matcherArgs = fc
  .record({
    uri: maybe(uri.map(defined)),
    headers: maybe(distinct(header, ({ name, invertMatch }) => `${name.toLowerCase()} ${invertMatch === true}`, 0, 3)),
    queryParameters: maybe(distinct(query, ({ name }) => name, 0, 2)),
    method: maybe(fc.constantFrom("GET", "POST", "PROPFIND")),
    port: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(80, 443, 8080) },
      { weight: 19, arbitrary: fc.constant(undefined) },
    ),
  })
  .map(defined);
