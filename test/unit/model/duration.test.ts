import assert from "node:assert/strict";
import { millisecondsOf } from "../../../sdk/nodejs/src/model/duration.js";

describe("durations", () => {
  for (const [text, milliseconds] of [
    ["1ms", 1],
    ["1s500ms", 1500],
    ["1.5h", 5_400_000],
    ["0.25s", 250],
    ["1000us", 1],
    ["1000000ns", 1],
    ["2µs998us", 1],
    ["1h30m10s5ms", 5_410_005],
    ["0s", 0],
    ["2562047h47m16.854s", 9_223_372_036_854],
  ] as const)
    it(`${text} are ${milliseconds} ms`, () => assert.equal(millisecondsOf(text), milliseconds));

  for (const text of [
    "",
    "1",
    "s",
    "1.5ms",
    "1us",
    "-1s",
    "+1s",
    " 1s",
    "1s ",
    "1d",
    "1,5s",
    ".5s",
    "1.s",
    "2562048h",
    "1e3s",
  ])
    it(`${JSON.stringify(text)} is not a duration`, () => assert.equal(millisecondsOf(text), undefined));
});
