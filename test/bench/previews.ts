/**
 * Figure (b): previews of a program that uses Meshway against one that builds identical objects without it.
 *
 * Each program has its own clusters, because both own the same objects. Runs alternate, so that both see the machine in
 * the same state.
 */
import { join } from "node:path";
import type { Figures } from "./figures.js";
import { fleetArgs, type ResourceArgs } from "./fleet-args.js";
import { renderArgs } from "./pipeline.js";
import { type PulumiProgram, pulumiProgram } from "./pulumi-program.js";
import { median, progress } from "./timing.js";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const NAMES = ["east", "west"];
const SIZE = { tables: 30, routes: 20, clusters: NAMES.length, destinations: 20, names: NAMES };
const NAMESPACES = ["gateways", "shop", "istio-system"];

export async function previews(figures: Figures, rounds: number): Promise<void> {
  const lab = await openLab();
  try {
    const programs = await preparePrograms(figures, lab);
    await compare(figures, "first", programs, rounds, []);
    progress("b: pulumi up of both programs");
    await Promise.all(Object.values(programs).map((program) => program.run("up", "--yes", "--skip-preview")));
    await compare(figures, "unchanged", programs, rounds, ["--expect-no-changes"]);
  } finally {
    await lab.stop();
  }
}

interface Programs {
  readonly meshway: PulumiProgram;
  readonly bare: PulumiProgram;
}

async function openLab(): Promise<Lab> {
  const { startLab } = await import("../lab/start-lab.js");
  const { ensureNamespaces } = await import("../lab/cluster/managed-objects.js");
  const clusters = (["meshway", "bare"] as const).flatMap((program) => NAMES.map((name) => contextOf(program, name)));
  const lab = await startLab({ clusters, log: progress });
  try {
    await Promise.all(clusters.map((name) => ensureNamespaces(lab.client(name), NAMESPACES)));
    return lab;
  } catch (error) {
    await lab.stop();
    throw error;
  }
}

function contextOf(program: keyof Programs, cluster: string): string {
  return `${program}-${cluster}`;
}

async function preparePrograms(figures: Figures, { folder, env }: Lab): Promise<Programs> {
  const args = fleetArgs(SIZE);
  const objects = renderArgs(args).map(({ cluster, object }) => ({ context: contextOf("bare", cluster), object }));
  figures.add("preview_objects", objects.length, { digits: 0 });
  const common = { folder: join(folder, "bench"), env };
  return {
    meshway: await pulumiProgram("meshway", { ...common, input: args.map(withContexts) }),
    bare: await pulumiProgram("bare", { ...common, input: objects }),
  };
}

/** Adds kubeconfig contexts, which don't affect the rendered objects. */
function withContexts(resource: ResourceArgs): ResourceArgs {
  if (resource.kind !== "Fleet") return resource;
  const clusters = resource.args["clusters"] as readonly { readonly name: string }[];
  return {
    ...resource,
    args: { clusters: clusters.map((cluster) => ({ ...cluster, context: contextOf("meshway", cluster.name) })) },
  };
}

async function compare(
  figures: Figures,
  what: "first" | "unchanged",
  { meshway, bare }: Programs,
  rounds: number,
  flags: readonly string[],
): Promise<void> {
  const ours: number[] = [];
  const theirs: number[] = [];
  // the first round only fills caches
  for (let round = 0; round <= rounds; round++) {
    const [ourSeconds, theirSeconds] = await inTurn(
      round,
      () => meshway.run("preview", ...flags),
      () => bare.run("preview", ...flags),
    );
    if (round === 0) continue;
    ours.push(ourSeconds);
    theirs.push(theirSeconds);
    progress(
      `b: ${what} preview ${round} of ${rounds}: Meshway ${ourSeconds.toFixed(1)} s, bare ${theirSeconds.toFixed(1)} s`,
    );
  }
  const ratios = ours.map((seconds, round) => seconds / (theirs[round] ?? Number.NaN));
  figures.add(`preview_${what}_vs_bare`, median(ratios), { atMost: 1.15 });
  figures.add(`preview_${what}_s`, median(ours), { digits: 2 });
  figures.add(`bare_${what}_s`, median(theirs), { digits: 2 });
}

/** Runs both in sequence, alternating the order by round so that neither benefits from running second. */
async function inTurn<T>(round: number, ours: () => Promise<T>, theirs: () => Promise<T>): Promise<[T, T]> {
  if (round % 2 === 0) return [await ours(), await theirs()];
  const second = await theirs();
  return [await ours(), second];
}
