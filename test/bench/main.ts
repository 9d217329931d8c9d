/**
 * The benchmark: `npm run bench -- [--only a|b|c|d] [--rounds N]`.
 *
 * Prints figures to stdout, one `name value` line each, and progress to stderr. Exits with 1 if a figure is beyond its
 * limit or couldn't be measured.
 */
import { parseArgs } from "node:util";
import { Figures } from "./figures.js";
import { growth } from "./growth.js";
import { previews } from "./previews.js";
import { renderVsCdk8s } from "./render-vs-cdk8s.js";
import { explaining, simulating } from "./simulate.js";

const PARTS = ["a", "c", "d", "b"] as const;
type Part = (typeof PARTS)[number];

const USAGE = `usage: npm run bench -- [--only a|b|c|d] [--rounds N]

  a  arguments to objects, against cdk8s
  b  previews on real API servers, against a program without Meshway
  c  ten times the routes, ten times the clusters
  d  simulated requests, and \`meshway explain\``;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string", multiple: true }, rounds: { type: "string" } } });
  const wanted = values.only ?? PARTS;
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  const isKnown = wanted.every((part) => PARTS.includes(part as Part));
  if (!isKnown || (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))) {
    console.error(USAGE);
    return 2;
  }
  const figures = new Figures();
  if (wanted.includes("a")) renderVsCdk8s(figures, rounds ?? 9);
  if (wanted.includes("c")) growth(figures, rounds ?? 7);
  if (wanted.includes("d")) {
    simulating(figures, rounds ?? 7);
    explaining(figures, rounds ?? 5);
  }
  if (wanted.includes("b")) {
    await previews(figures, rounds ?? 3).catch((error: unknown) => {
      figures.fail(`b can't be measured: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  return figures.failed ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? `error: ${error.stack ?? error.message}` : error);
    process.exitCode = 1;
  },
);
