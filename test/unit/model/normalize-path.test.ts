import assert from "node:assert/strict";
import { normalizePath } from "../../../sdk/nodejs/src/model/normalize-path.js";

/** Results of Envoy 1.40 for these paths with `normalize_path`. */
const SEEN: readonly (readonly [string, string | undefined])[] = [
  ["/a/../w", "/w"],
  ["/a/..", "/"],
  ["/a/.", "/a/"],
  ["/a/./b", "/a/b"],
  ["/..", "/"],
  ["/../x", "/x"],
  ["/a/%2e%2e/b", "/b"],
  ["/a/.%2E/b", "/b"],
  ["/a/%2e", "/a/"],
  ["/a%2Fb%2fc", "/a%2Fb%2fc"],
  ["/a\\..\\b", "/b"],
  ["/\\", "//"],
  ["/a%5C..%5cb", "/a%5C..%5cb"],
  ["/%41%7e%2d%61", "/A~-a"],
  ["/a%20b%2B", "/a%20b%2B"],
  ["/a%zz%%4", "/a%zz%%4"],
  ["/%%63", "/%c"],
  ["/%%633", "/%25c3"],
  ["/%6%31", "/%2561"],
  ["/%%36%33", "/%2563"],
  ["/%a%61", "/%25aa"],
  ["/%%41%41%41", "/%25AAA"],
  ["/%e%2e/b", "/%e./b"],
  ["/a%00b", undefined],
  ["/%ff%c3%A9", "/%ff%c3%A9"],
  ["//a//../b", "//a/b"],
  ["/a///..//b", "/a///b"],
  ["/a/..//b", "//b"],
  ["/a//..", "/a/"],
  ["/a;p=1/../b;q", "/b;q"],
  ["/a/..;/b", "/b"],
  ["/a/..;x=1", "/"],
  ["/a/.;x", "/a/"],
  ["/a/%2e.;/b", "/a/..;/b"],
  ["/a/..;\\b", "/"],
  ["/a\\..;/b", "/a/..;/b"],
  ["/a/..%3b/b", "/a/..%3b/b"],
  ['/a"<>^`{|}', "/a%22%3C%3E%5E%60%7B%7C%7D"],
  ["/!$&'()*+,;=:@[]~", "/!$&'()*+,;=:@[]~"],
  ["/.../..a/a../.b", "/.../..a/a../.b"],
  ["/a%252e%252e/b", "/a%252e%252e/b"],
  ["/%2e%2e%2f", "/..%2f"],
  ["/a/b/../../..", "/"],
];

describe("normalizePath", () => {
  for (const [sent, seen] of SEEN) it(`${sent} is ${seen ?? "refused"}`, () => assert.equal(normalizePath(sent), seen));
});
