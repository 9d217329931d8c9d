/** Arguments of which some values are replaced by odd ones, most of which a check refuses: what is left is at the edge of what checks accept. */
import fc from "fast-check";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import type { Kind } from "../../../sdk/nodejs/src/kinds/kinds.js";
import { emptyModel, type Model } from "../../../sdk/nodejs/src/model/model.js";
import { parseResource } from "../../../sdk/nodejs/src/model/parse-resource.js";
import type { ModelOf } from "../../../sdk/nodejs/src/model/registry.js";
import { checkedArgs } from "./model.js";
import type { ModelArgs } from "./model-args.js";

/** Texts that are hosts, addresses, labels, paths, expressions or other values, or nearly. */
const TEXTS: readonly string[] = [
  ..."a A 1 a- -a a_b a.b a..b .a a. ä * % %% a%20b y No on 1_000 0o17 1e3 010 null ~ <<".split(" "),
  ..."a.example.com A.Example.COM *.example.com *example.com a.*.com example.com. a.1 1.a x--y.z *.1".split(" "),
  ..."shop localhost svc.cluster.local a.shop.svc.cluster.local istio-system builtin:// configmap://x kubernetes://a/b".split(
    " ",
  ),
  ..."10.0.0.1 010.0.0.1 10.0.0.256 10.0.1 10.0.0.0/8 10.0.0.0/08 10.0.0.0/33 10.0.0.0/8/9 0.0.0.0/0 10.0.0.0/".split(
    " ",
  ),
  ..."::1 :: 2001:db8::1 2001:db8::/32 2001:db8::/129 fe80::1%eth0 ::ffff:10.0.0.1 ::ffff:010.0.0.1 [::1]".split(" "),
  ..."1::2::3 12345:: 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:8:9 ::10.0.0.1/96 ::ffff:10.0.0.0/104".split(" "),
  ..."/ // /a /a?b /a#b /% /%zz a/b /.. /\\1 \\1 \\0 \\\\ GET get AES128-SHA aes128-sha ALL ISTIO_MUTUAL".split(" "),
  ..."( a{1001} a{1000} (?i)a (?=a) \\pN \\C [[:alpha:]] a** .* \\Q \\Qa\\E (?P<n>a) (?<n>a) \\z \\Z \\b [^a-z]{2,}".split(
    " ",
  ),
  ..."(a*)* \\x{10FFFF} \\x{110000} (?s-m:.) app/name a..b/name A.b/name /name a/b/c example.com/ v1. _v".split(" "),
  ...["", " ", "a b", "/a b", "\t", '"', "x".repeat(1024), "x".repeat(1025), "ä".repeat(512), "ä".repeat(513)],
  ...[`${"l".repeat(63)}.`, `${"l".repeat(61)}.`].map((label) => label.repeat(4).slice(0, -1)),
  ...[
    `/${"a".repeat(2000)}`,
    `${"p".repeat(254)}/name`,
    "n".repeat(63),
    "n".repeat(64),
    `${"l".repeat(64)}.example.com`,
  ],
];

const NUMBERS: readonly number[] = [
  -1,
  0,
  1,
  80,
  99,
  100,
  101,
  199,
  200,
  599,
  600,
  15443,
  16443,
  65535,
  65536,
  1.5,
  2 ** 31,
];

type Path = readonly (string | number)[];

/** The places of everything below a value. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, each]) =>
    placesIn(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? [path, ...inside] : inside;
}

function withValue(value: unknown, [key, ...rest]: Path, change: (value: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? withValue(each, rest, change) : each));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [key]: withValue(fields[key], rest, change) };
}

interface Odd {
  readonly place: number;
  readonly text: string;
  readonly number: number;
  readonly way: number;
}

const odd: fc.Arbitrary<Odd> = fc.record({
  place: fc.nat(),
  text: fc.constantFrom(...TEXTS),
  number: fc.constantFrom(...NUMBERS),
  way: fc.nat(5),
});

/** An odd value of the same type; a list gets one more entry. */
function oddOf(value: unknown, { text, number, way }: Odd): unknown {
  if (typeof value === "number") return number;
  if (Array.isArray(value))
    return value.length === 0
      ? [text]
      : [...value, typeof value[0] === "string" ? oddOf(value[0], { text, number, way, place: 0 }) : value[0]];
  if (typeof value !== "string") return value;
  return [text, text, text, `a.${value}`, value.toUpperCase(), value + text][way];
}

/** Arguments with one or two odd values. */
export const spoiltArgs: fc.Arbitrary<ModelArgs> = fc
  .tuple(checkedArgs, fc.array(odd, { minLength: 1, maxLength: 2 }))
  .map(([args, odds]) =>
    odds.reduce((spoilt, each) => {
      const places = placesIn(spoilt).filter((path) => path.length > 2);
      const place = places[each.place % Math.max(1, places.length)];
      return place === undefined ? spoilt : (withValue(spoilt, place, (value) => oddOf(value, each)) as ModelArgs);
    }, args),
  );

/** The model of arguments; undefined where they can't be parsed. */
export function spoiltModel(args: ModelArgs): Model | undefined {
  const model = emptyModel();
  const findings = new Findings();
  for (const [kind, resources] of Object.entries(args) as [Kind, Readonly<Record<string, unknown>>][]) {
    for (const [name, each] of Object.entries(resources)) {
      const parsed = parseResource(kind, name, each, findings);
      if (parsed !== undefined) (model[kind] as Map<string, ModelOf[Kind]>).set(name, parsed);
    }
  }
  return findings.all.length > 0 ? undefined : model;
}
