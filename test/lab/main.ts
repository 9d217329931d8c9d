/** Commands of the lab: `tsx test/lab/main.ts COMMAND`, usually through npm scripts. */
import path from "node:path";
import { parseArgs } from "node:util";
import { down } from "./commands/down.js";
import { LAB_CLUSTERS, PROJECT_FOLDER } from "./commands/project.js";
import { printEnv, status } from "./commands/show.js";
import { preview, request, up } from "./commands/up.js";
import { describeParts, ensureDataPlaneParts, ensureIstioctl, ensureParts, ensureYamlHost } from "./parts/ensure.js";

const USAGE = `usage: npm run lab COMMAND [-- --project FOLDER]

  up       start a lab of two clusters, or continue it, apply the example, and send it requests
  request  send a request through a gateway: npm run lab request URL -- --cluster west --count 10
  preview  show what "up" would change
  status   say what runs
  env      print the environment for a shell: eval "$(npm run --silent lab env)"
  down     destroy what the example made, stop the lab and remove it
  build    only build the parts that this machine lacks

  --project FOLDER   another Pulumi project than the repo's root
  --cluster NAME     the cluster whose gateway "request" asks; default east
  --count N          how often "request" asks; default 1`;

async function build(): Promise<number> {
  await ensureParts();
  await ensureDataPlaneParts();
  await ensureYamlHost();
  await ensureIstioctl();
  for (const line of await describeParts()) console.log(line);
  return 0;
}

/** The command line after the command. */
interface Words {
  readonly project: string;
  readonly url: string | undefined;
  readonly cluster: string;
  readonly count: number;
}

async function sendRequest({ url, cluster, count }: Words): Promise<number> {
  if (url !== undefined && URL.canParse(url) && LAB_CLUSTERS.includes(cluster) && count > 0)
    return request(url, cluster, count);
  console.error(USAGE);
  return 2;
}

const COMMANDS: Readonly<Record<string, (words: Words) => Promise<number>>> = {
  up: ({ project }) => up(project),
  request: sendRequest,
  preview: ({ project }) => preview(project),
  down: ({ project }) => down(project),
  status,
  env: printEnv,
  build,
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      project: { type: "string" },
      cluster: { type: "string", default: "east" },
      count: { type: "string", default: "1" },
    },
  });
  const [name = "", url] = positionals;
  const command = COMMANDS[name];
  if (!command) {
    console.error(USAGE);
    return 2;
  }
  const project = values.project ? path.resolve(values.project) : PROJECT_FOLDER;
  return command({ project, url, cluster: values.cluster, count: Number(values.count) });
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? `error: ${error.message}` : error);
  process.exitCode = 1;
}
