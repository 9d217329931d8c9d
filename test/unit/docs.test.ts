import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { catalog } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { DOCS_FILE, diagnosticsPage } from "../docs/diagnostics.js";

describe("docs/diagnostics.md", () => {
  it("is what the catalogue says; UPDATE_GOLDEN=1 npx mocha writes it anew", () => {
    const page = diagnosticsPage();
    if (process.env["UPDATE_GOLDEN"] === "1" && !process.env["CI"]) writeFileSync(DOCS_FILE, page);
    assert.equal(existsSync(DOCS_FILE) ? readFileSync(DOCS_FILE, "utf8") : "", page);
  });

  it("explains every code, in order", () => {
    const codes = [...diagnosticsPage().matchAll(/^### (MW\d{4}): /gm)].map((match) => match[1]);
    assert.deepEqual(codes, Object.keys(catalog).sort());
    assert.deepEqual(Object.keys(catalog), codes, "the catalogue is in order");
  });
});
