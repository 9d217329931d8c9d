import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { catalog } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { DOCS_FILE, diagnosticsPage } from "../docs/diagnostics.js";
import { sectionTitles, statements } from "../docs/pulumi-options.js";
import { RESOURCES_FILE, resourcesPage } from "../docs/resources.js";

/** Compares a generated page with its file, or writes it. */
function isCurrent(file: string, page: string): void {
  if (process.env["UPDATE_GOLDEN"] === "1" && !process.env["CI"]) writeFileSync(file, page);
  const found = existsSync(file) ? readFileSync(file, "utf8") : "";
  // names what is missing: the whole difference is cut short
  assert.deepEqual(headings(found), headings(page));
  assert.equal(found, page);
}

function headings(page: string): readonly string[] {
  return page.match(/^#+ .*$/gm) ?? [];
}

describe("docs/diagnostics.md", () => {
  it("matches the catalog; UPDATE_GOLDEN=1 npx mocha rewrites it", () => {
    isCurrent(DOCS_FILE, diagnosticsPage());
  });

  it("explains every code, in order", () => {
    const codes = [...diagnosticsPage().matchAll(/^### (MW\d{4}): /gm)].map((match) => match[1]);
    assert.deepEqual(codes, Object.keys(catalog).sort());
    assert.deepEqual(Object.keys(catalog), codes, "the catalog is in order");
  });
});

describe("docs/resources.md", () => {
  it("matches the schema; UPDATE_GOLDEN=1 npx mocha rewrites it", () => {
    isCurrent(RESOURCES_FILE, resourcesPage());
  });

  it("has no dead links", () => {
    const page = resourcesPage();
    const titles = new Set([...page.matchAll(/^#+ (\w+)$/gm)].map((match) => match[1]?.toLowerCase()));
    const lost = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1]).filter((link) => !titles.has(link));
    assert.deepEqual(lost, []);
  });
});

describe("docs/pulumi-options.md", () => {
  it("makes its statements in sections that a test covers", () => {
    const tests = readdirSync("test/e2e").filter((file) => file.endsWith(".test.ts"));
    const texts = tests.map((file) => readFileSync(`test/e2e/${file}`, "utf8"));
    const held = texts.flatMap((text) => [...text.matchAll(/holdStatements\("([^"]+)"/g)].map(([, title]) => title));
    const listed = sectionTitles().filter((title) => statements(title).length > 0);
    assert.ok(listed.length >= 4);
    assert.deepEqual([...held].sort(), [...listed].sort());
  });
});

describe("README.md", () => {
  it("is short: the purpose, two commands, their output, and links", () => {
    const lines = readFileSync("README.md", "utf8").split("\n");
    assert.ok(lines.length <= 170, `${lines.length} lines`);
  });
});

describe("ARCHITECTURE.md", () => {
  it("lists every source folder, and no other", () => {
    const text = readFileSync("ARCHITECTURE.md", "utf8");
    const listed = [...text.matchAll(/^\| `([\w-]+)\/.*?` \|/gm)].map((match) => match[1]);
    const source = "sdk/nodejs/src";
    const folders = readdirSync(source).filter((name) => statSync(`${source}/${name}`).isDirectory());
    assert.deepEqual([...new Set(listed)].sort(), folders.sort());
  });
});
