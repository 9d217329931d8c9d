/** Arguments of routes' matchers. */
import fc from "fast-check";
import { defined, distinct, maybe } from "../../support/arbitraries/names.js";
import { GATEWAY_PORTS } from "../rig/world.js";
import {
  HEADER_NAMES,
  METHODS,
  matchedPath,
  ODD_METHODS,
  PARAMETER_NAMES,
  PATH_EXPRESSIONS,
  VALUE_EXPRESSIONS,
  VALUES,
} from "./texts.js";

export interface UriArgs {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
  readonly ignoreCase?: boolean;
}

export interface ValueArgs {
  readonly name: string;
  readonly value?: string;
  readonly regex?: boolean;
  readonly invertMatch?: boolean;
}

export interface MatcherArgs {
  readonly uri?: UriArgs;
  readonly headers?: readonly ValueArgs[];
  readonly queryParameters?: readonly ValueArgs[];
  readonly claims?: readonly Readonly<Record<string, unknown>>[];
  readonly method?: string;
  readonly port?: number;
}

const uri: fc.Arbitrary<UriArgs> = fc.oneof(
  fc.record({ exact: matchedPath, ignoreCase: maybe(fc.boolean()) }),
  fc.record({ prefix: matchedPath, ignoreCase: maybe(fc.boolean()) }),
  fc.record({ regex: fc.constantFrom(...Object.keys(PATH_EXPRESSIONS)) }),
);

const value: fc.Arbitrary<{ readonly value?: string; readonly regex?: boolean }> = fc.oneof(
  fc.constant({}),
  fc.record({ value: fc.constantFrom(...VALUES) }),
  fc.record({ value: fc.constantFrom(...Object.keys(VALUE_EXPRESSIONS)), regex: fc.constant(true) }),
);

const upgrade: fc.Arbitrary<ValueArgs> = fc.constantFrom<ValueArgs>(
  { name: "upgrade", value: "websocket" },
  { name: "Upgrade" },
  { name: "upgrade", value: "websocket", invertMatch: true },
);

const anyHeader: fc.Arbitrary<ValueArgs> = fc
  .record({
    name: fc.constantFrom(...HEADER_NAMES),
    of: value,
    invertMatch: fc.constantFrom(undefined, undefined, true, false),
  })
  .map(({ of, ...rest }) => defined({ ...rest, ...of }));

const header = fc.oneof({ weight: 12, arbitrary: anyHeader }, { weight: 1, arbitrary: upgrade });

const parameter: fc.Arbitrary<ValueArgs> = fc
  .record({ name: fc.constantFrom(...PARAMETER_NAMES), of: value })
  .map(({ of, ...rest }) => ({ ...rest, ...of }));

const some = <T>(item: fc.Arbitrary<T>, key: (item: T) => unknown): fc.Arbitrary<readonly T[] | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: distinct(item, key, 0, 2) });

/** A matcher with arbitrary conditions, most of them on the path. */
export const matcherArgs: fc.Arbitrary<MatcherArgs> = fc
  .record({
    uri: fc.oneof({ weight: 4, arbitrary: uri.map(defined) }, { weight: 1, arbitrary: fc.constant(undefined) }),
    headers: some(header, ({ name, invertMatch }) => `${name.toLowerCase()} ${invertMatch === true}`),
    queryParameters: some(parameter, ({ name }) => name),
    method: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: fc.constantFrom(...METHODS) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_METHODS) },
    ),
    port: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...GATEWAY_PORTS) },
    ),
  })
  .map(defined);
