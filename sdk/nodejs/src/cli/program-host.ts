/** Process in which `meshway render` runs a program; writes the outcome to a pipe. */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type Collected, setCollector } from "../resources/collect.js";
import { describeFailure } from "./failure.js";
import { loadProgram } from "./load-program.js";
import type { Outcome } from "./outcome.js";
import { type HostInput, OUTCOME } from "./program.js";
import { isUnknownSignal, mockPulumi } from "./program-mocks.js";
import { compileProgram } from "./program-model.js";
import { watchPromises } from "./unsettled.js";

const input = JSON.parse(process.argv[2] ?? "{}") as HostInput;
const { project } = input;

// the program sees the same arguments as under Pulumi
process.argv.splice(1, process.argv.length, project.entry);

function finish(outcome: Outcome): never {
  const bytes = Buffer.from(JSON.stringify(outcome));
  for (let written = 0; written < bytes.length; ) written += writeSync(OUTCOME, bytes, written);
  // Pulumi would report Outputs that nobody awaits anymore
  process.removeAllListeners("exit");
  process.exit(0);
}

function fail(error: unknown): void {
  // an Output computed from an unknown value, and unused
  if (isUnknownSignal(error)) return;
  finishFailed(describeFailure(error));
}

function finishFailed(failure: string): never {
  finish({ diagnostics: [], objects: [], clusters: [], notes: [], failure });
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

async function main(): Promise<void> {
  const collected: Collected[] = [];
  setCollector((each) => collected.push(each));
  const load = createRequire(join(project.folder, basename(__filename)));
  const mocked = await mockPulumi(load, project);
  const watched = watchPromises();
  // a program may continue after it was loaded, as in `void main()`, or await something that never settles
  const isIdle = new Promise((resolve) => process.once("beforeExit", resolve));
  let isLoaded = false;
  const loading = loadProgram(project.entry, load)
    .then(() => mocked.settled())
    .then(() => {
      isLoaded = true;
      return isIdle;
    });
  await Promise.race([isIdle, loading]);
  const [place] = watched.stop();
  const [made] = mocked.skipped();
  if (place !== undefined)
    finishFailed(
      `it ended while it waited for a promise that is never settled, made at ${place}: ` +
        "what it declares after that is not known",
    );
  if (!isLoaded) finishFailed("it ended before all of its values were known");
  if (made !== undefined)
    finishFailed(
      `it makes resources (\`${made}\`) in a callback of \`apply\`, whose value is not known without Pulumi: ` +
        "make them outside of it, and give them the value as an Output",
    );
  const outcome = await compileProgram(collected);
  finish({ ...outcome, notes: mocked.notes() });
}

main().catch(fail);
