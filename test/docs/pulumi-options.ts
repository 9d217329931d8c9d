/** Reads docs/pulumi-options.md: each statement on the page is the title of the test that holds it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const FILE = resolve(__dirname, "../../docs/pulumi-options.md");

/** Returns the sections of the page by title, in order. */
function sections(): ReadonlyMap<string, string> {
  const [, ...parts] = readFileSync(FILE, "utf8").split(/^## /m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)]));
}

function section(title: string): string {
  const text = sections().get(title);
  assert.notEqual(text, undefined, `docs/pulumi-options.md has no section "${title}"`);
  return text ?? "";
}

/** Returns the titles of all sections. */
export function sectionTitles(): string[] {
  return [...sections().keys()];
}

/** Returns the statements of a section, which are its list items, each on one line. */
export function statements(title: string): string[] {
  return [...section(title).matchAll(/^- (.+(?:\n {2}.+)*)/gm)].map(([, item = ""]) => item.replaceAll(/\n +/g, " "));
}

/** Defines one test for each statement of a section; fails if page and tests differ. */
export function holdStatements(title: string, held: Readonly<Record<string, () => Promise<void> | void>>): void {
  it(`covers the page's section "${title}"`, () => {
    assert.deepEqual(Object.keys(held), statements(title));
  });
  for (const [statement, test] of Object.entries(held)) it(statement, test);
}

/** Returns the unit test that the page shows. */
export function unitTestExample(): string {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(section("Unit tests")) ?? [];
  assert.notEqual(code, undefined, "the section shows no unit test");
  return code ?? "";
}
