/** Other forms of a range are the ones in which previews read an address. */
import assert from "node:assert/strict";
import {
  formsOf,
  LOCAL_RANGES,
  localPartOf,
  rangeOf,
  readingsOf,
} from "../../../sdk/nodejs/src/model/address-range.js";

describe("forms of a range", () => {
  it("are written in IPv6", () => {
    assert.deepEqual(formsOf("127.0.0.0/8"), [
      "127.0.0.0/8",
      "0:0:0:0:ffff:0:7f00:0/104",
      "0:0:0:0:0:0:7f00:0/104",
      "64:ff9b:0:0:0:0:7f00:0/104",
      "64:ff9b:1:0:0:0:7f00:0/104",
      "2002:7f00:0:0:0:0:0:0/24",
    ]);
    assert.deepEqual(formsOf("fe80::/10"), ["fe80::/10"]);
  });

  it("all read as the range itself", () => {
    for (const text of LOCAL_RANGES.filter((each) => !each.includes(":"))) {
      const own = rangeOf(text);
      for (const form of formsOf(text)) {
        const range = rangeOf(form);
        assert.ok(own !== undefined && range !== undefined, form);
        assert.ok(
          readingsOf(range).some(({ first, last }) => first === own.first && last === own.last),
          form,
        );
        assert.notEqual(localPartOf(range), undefined, form);
      }
    }
  });
});
