import assert from "node:assert/strict";
import { combineMatchers } from "../../../sdk/nodejs/src/model/combine-matchers.js";
import { deferredOf } from "../../../sdk/nodejs/src/model/deferred.js";
import type { HeaderMatcher, Matcher, UriMatch, ValueMatch } from "../../../sdk/nodejs/src/model/match.js";

function matcher(rest: Partial<Matcher>): Matcher {
  return { headers: [], queryParameters: [], ...rest };
}

/** Formats a path match as `prefix /a` or, if case-insensitive, `prefix /a i`. */
function uri(text: string): UriMatch {
  const [kind = "", value = "", ignoreCase] = text.split(" ");
  return { kind: kind as UriMatch["kind"], value, ignoreCase: ignoreCase !== undefined };
}

/** Returns the combined path, or the obstacle. */
function paths(parent: string, child: string): string {
  const combined = combineMatchers(matcher({ uri: uri(parent) }), matcher({ uri: uri(child) }));
  if (combined.conflict !== undefined) return combined.conflict.kind;
  const { kind, value, ignoreCase } = combined.matcher.uri ?? {};
  return `${kind} ${value}${ignoreCase === true ? " i" : ""}`;
}

function header(name: string, match: ValueMatch, invert = false): HeaderMatcher {
  return { name, match, invert };
}

/** Returns the combined conditions on header `a`, or the obstacle. */
function headers(parent: readonly HeaderMatcher[], child: readonly HeaderMatcher[]): unknown {
  const combined = combineMatchers(matcher({ headers: parent }), matcher({ headers: child }));
  return combined.conflict?.kind ?? combined.matcher.headers;
}

const present: ValueMatch = { kind: "present" };
const exact = (value: string): ValueMatch => ({ kind: "exact", value });
const regex = (value: string): ValueMatch => ({ kind: "regex", value });

describe("matchers of delegating and delegated routes", () => {
  it("prepend a prefix to every kind of path", () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ["prefix /a", "prefix /b", "prefix /a/b"],
      ["prefix /a/", "prefix /b/", "prefix /a/b/"],
      ["prefix /a", "exact /b", "exact /a/b"],
      ["prefix /a", "exact /", "exact /a/"],
      ["prefix /a", "prefix /", "prefix /a"],
      ["prefix /a/", "prefix /", "prefix /a/"],
      ["prefix /", "prefix /b", "prefix /b"],
      ["prefix /a.b", "regex /[0-9]+", "regex /a\\.b/[0-9]+"],
      ["prefix /a", "regex ^/b|/c", "regex /a(?:/b|/c)"],
      ["prefix /a/", "regex /b", "regex /a/b"],
      ["prefix /A i", "regex /b", "regex (?i:/A)/b"],
      ["prefix /", "regex ^/b|^/c", "regex ^/b|^/c"],
      ["prefix /", "regex .*", "regex .*"],
      ["prefix /a", "regex .*", "regex /a.*"],
      ["prefix /a", "regex /[^/]+", "regex /a/[^/]+"],
      ["prefix /a", "regex /\\^", "regex /a/\\^"],
    ];
    for (const [parent, child, both] of cases) assert.equal(paths(parent, child), both, `${parent} and ${child}`);
  });

  it("consider case only if there are letters", () => {
    assert.equal(paths("prefix /a i", "prefix /b i"), "prefix /a/b i");
    assert.equal(paths("prefix /1 i", "prefix /b"), "prefix /1/b");
    assert.equal(paths("prefix /a i", "exact /1"), "exact /a/1 i");
    assert.equal(paths("prefix /a i", "prefix /b"), "inexpressible");
    assert.equal(paths("exact /a i", "exact /A"), "exact /A");
    assert.equal(paths("exact /a", "exact /A i"), "exact /a");
    assert.equal(paths("exact /ab i", "prefix /A"), "inexpressible");
    assert.equal(paths("exact /ab", "prefix /A i"), "exact /ab");
  });

  it("compare whole paths if there is no prefix", () => {
    assert.equal(paths("exact /a/b", "prefix /a"), "exact /a/b");
    assert.equal(paths("exact /a", "prefix /"), "exact /a");
    assert.equal(paths("exact /a", "prefix /b"), "contradiction");
    assert.equal(paths("exact /a", "exact /b"), "contradiction");
    assert.equal(paths("regex /a.*", "prefix /"), "regex /a.*");
    assert.equal(paths("regex /a.*", "regex /a.*"), "regex /a.*");
    for (const child of ["prefix /a", "exact /a", "regex /b"])
      assert.equal(paths("regex /a.*", child), "inexpressible", child);
    assert.equal(paths("exact /a", "regex /a"), "inexpressible");
  });

  it("reject expressions that a prefix would change", () => {
    assert.equal(paths("prefix /a", "regex /b|^/c"), "inexpressible");
    assert.equal(paths("prefix /a", "regex \\A/b"), "inexpressible");
    assert.equal(paths("prefix /a/", "regex .*"), "inexpressible");
    assert.equal(paths("prefix /a", `regex /${"b".repeat(1022)}`), "inexpressible");
  });

  it("merge two conditions on a header", () => {
    assert.deepEqual(headers([header("a", present)], [header("a", exact("1"))]), [header("a", exact("1"))]);
    assert.deepEqual(headers([header("a", regex("1"))], [header("a", present)]), [header("a", regex("1"))]);
    assert.deepEqual(headers([header("a", exact("1"))], [header("a", exact("1"))]), [header("a", exact("1"))]);
    assert.equal(headers([header("a", exact("1"))], [header("a", exact("2"))]), "contradiction");
    assert.equal(headers([header("a", exact("1"))], [header("a", regex("1"))]), "inexpressible");
    assert.deepEqual(headers([header("a", present)], [header("b", present)]), [
      header("a", present),
      header("b", present),
    ]);
  });

  it("know that a header can't be both present and absent", () => {
    const not = (match: ValueMatch) => header("a", match, true);
    assert.equal(headers([header("a", exact("1"))], [not(present)]), "contradiction");
    assert.equal(headers([not(present)], [header("a", present)]), "contradiction");
    assert.equal(headers([not(exact("1"))], [header("a", exact("1"))]), "contradiction");
    assert.deepEqual(headers([not(exact("1"))], [header("a", present)]), [not(exact("1")), header("a", present)]);
    assert.deepEqual(headers([not(present)], [not(exact("1"))]), [not(present)]);
    assert.equal(headers([not(exact("1"))], [not(exact("2"))]), "inexpressible");
  });

  it("combine parameters, methods and ports", () => {
    const of = (name: string, value: string) => ({ name, match: exact(value) });
    const parent = matcher({ method: "GET", port: 80, queryParameters: [of("a", "1")] });
    const { matcher: both, conflict } = combineMatchers(parent, matcher({ queryParameters: [of("b", "2")] }));
    assert.deepEqual(both, matcher({ method: "GET", port: 80, queryParameters: [of("a", "1"), of("b", "2")] }));
    assert.equal(conflict, undefined);
    for (const other of [{ method: "PUT" }, { port: 81 }, { queryParameters: [of("a", "2")] }])
      assert.equal(combineMatchers(parent, matcher(other)).conflict?.kind, "contradiction", JSON.stringify(other));
  });

  it("wait for unknown values, and name the ones that decide", () => {
    const later = deferredOf([3]);
    const unknownPath = combineMatchers(
      matcher({ uri: uri("prefix /a") }),
      matcher({ uri: { kind: "prefix", value: later, ignoreCase: false } }),
    );
    assert.deepEqual(unknownPath, {
      matcher: matcher({ uri: { kind: "prefix", value: later, ignoreCase: false } }),
      undecided: [],
    });
    const unknownMethod = combineMatchers(matcher({ method: later }), matcher({ method: "GET" }));
    assert.deepEqual(unknownMethod, { matcher: matcher({ method: "GET" }), undecided: [3] });
    // what can't be expressed is irrelevant if the methods turn out to contradict
    const both = combineMatchers(
      matcher({ method: later, uri: uri("regex /a") }),
      matcher({ method: "GET", uri: uri("regex /b") }),
    );
    assert.equal(both.conflict, undefined);
  });
});
