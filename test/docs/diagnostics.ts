/** Writes docs/diagnostics.md from the catalog; examples are findings of the golden cases. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Code, catalog } from "../../sdk/nodejs/src/diagnostics/catalog.js";
import { entryOf } from "../../sdk/nodejs/src/diagnostics/report.js";

export const DOCS_FILE = resolve(__dirname, "../../docs/diagnostics.md");

const CASES = resolve(__dirname, "../golden/cases");

/** Titles of the ranges, by the first two digits. */
const RANGES: Readonly<Record<string, string>> = {
  "01": "Arguments and references",
  "02": "Routes",
  "03": "Gateways and hosts",
  "04": "Policies",
  "05": "Destinations and clusters",
  "06": "Ownership",
  "07": "Features that the target lacks",
  "09": "Meshway and its command line",
};

const HEAD = `<!-- Generated from sdk/nodejs/src/diagnostics/catalog by test/docs/diagnostics.ts: change it there. -->

# Diagnostics

Every finding has a code. An error stops the preview, and nothing is applied. A warning is reported, but does not block.
A preview reports the findings of all resources at once. Codes never change their meaning and are never reused.
`;

/** Renders the whole page. */
export function diagnosticsPage(): string {
  const examples = goldenExamples();
  const sections: string[] = [];
  let range = "";
  for (const code of Object.keys(catalog).sort() as Code[]) {
    const digits = code.slice(2, 4);
    if (digits !== range) sections.push(`## ${digits}xx: ${RANGES[digits] ?? "Other"}\n`);
    range = digits;
    const { name, severity, meaning } = entryOf(code);
    const example = examples.get(code);
    const shown = example === undefined ? "" : `\n${fenced(example)}\n`;
    sections.push(`### ${code}: ${name}\n\n${title(severity)}. ${meaning}\n${shown}`);
  }
  return `${HEAD}\n${sections.join("\n")}`;
}

function title(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

/** Returns the first finding of each code, in the order of the cases' names. */
function goldenExamples(): ReadonlyMap<string, string> {
  const examples = new Map<string, string>();
  for (const name of existsSync(CASES) ? readdirSync(CASES).sort() : []) {
    const file = join(CASES, name, "diagnostics.txt");
    if (!existsSync(file)) continue;
    for (const finding of readFileSync(file, "utf8").trim().split("\n\n")) {
      const code = /^\w+\[(MW\d{4})\]/.exec(finding)?.[1];
      if (code !== undefined && !examples.has(code)) examples.set(code, finding);
    }
  }
  return examples;
}

if (require.main === module) writeFileSync(DOCS_FILE, diagnosticsPage());
