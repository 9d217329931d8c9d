/** The process in which `meshway render` runs a program; it writes what became of it to a pipe. */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type Collected, setCollector } from "../resources/collect.js";
import { describeFailure } from "./failure.js";
import { loadProgram } from "./load-program.js";
import type { Outcome } from "./outcome.js";
import { type Order, OUTCOME } from "./program.js";
import { isUnknownSignal, mockPulumi } from "./program-mocks.js";
import { compileProgram } from "./program-model.js";

const order = JSON.parse(process.argv[2] ?? "{}") as Order;
const { project } = order;

// the program sees the arguments that it would see under Pulumi
process.argv.splice(1, process.argv.length, project.entry);

function finish(outcome: Outcome): never {
  const bytes = Buffer.from(JSON.stringify(outcome));
  for (let written = 0; written < bytes.length; ) written += writeSync(OUTCOME, bytes, written);
  // Pulumi would complain of Outputs that nobody waits for any more
  process.removeAllListeners("exit");
  process.exit(0);
}

function fail(error: unknown): void {
  // an Output that is computed from an unknown value, and used nowhere
  if (isUnknownSignal(error)) return;
  finish({ diagnostics: [], objects: [], clusters: [], notes: [], failure: describeFailure(error) });
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

async function main(): Promise<void> {
  const collected: Collected[] = [];
  setCollector((each) => collected.push(each));
  const load = createRequire(join(project.folder, basename(__filename)));
  const mocked = await mockPulumi(load, project);
  await loadProgram(project.entry, load);
  await mocked.settled();
  // a program may go on by itself after it was loaded, as in `void main()`
  await new Promise((resolve) => process.once("beforeExit", resolve));
  const outcome = await compileProgram(collected);
  finish({ ...outcome, notes: mocked.notes() });
}

main().catch(fail);
