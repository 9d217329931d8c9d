/** Commands of the lab: `tsx test/lab/main.ts COMMAND`, mostly through npm scripts. */
import path from "node:path";
import { parseArgs } from "node:util";
import { down } from "./commands/down.js";
import { PROJECT_FOLDER } from "./commands/project.js";
import { printEnv, status } from "./commands/show.js";
import { preview, up } from "./commands/up.js";
import { describeParts, ensureDataPlaneParts, ensureParts } from "./parts/ensure.js";

const USAGE = `usage: npm run lab COMMAND [-- --project FOLDER]

  up       start a lab of two clusters, or continue it, and apply the example
  preview  show what "up" would change
  status   say what runs
  env      print the environment for a shell: eval "$(npm run --silent lab env)"
  down     destroy what the example made, stop the lab and remove it
  build    only build the parts that this machine lacks

  --project FOLDER   another Pulumi project than the repo's root`;

async function build(): Promise<number> {
  await ensureParts();
  await ensureDataPlaneParts();
  for (const line of await describeParts()) console.log(line);
  return 0;
}

const COMMANDS: Readonly<Record<string, (project: string) => Promise<number>>> = {
  up,
  preview,
  down,
  status,
  env: printEnv,
  build,
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { project: { type: "string" } } });
  const command = COMMANDS[positionals[0] ?? ""];
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  return command(values.project ? path.resolve(values.project) : PROJECT_FOLDER);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? `error: ${error.message}` : error);
  process.exitCode = 1;
}
