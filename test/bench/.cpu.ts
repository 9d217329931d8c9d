import { spawnSync } from "node:child_process";
import { fleetArgs } from "./fleet-args.js";
import { renderArgs } from "./pipeline.js";
import { pulumiProgram } from "./pulumi-program.js";
import { join } from "node:path";
async function main() {
  const { startLab } = await import("../lab/start-lab.js"); const { ensureNamespaces } = await import("../lab/cluster/managed-objects.js");
  const N = ["east", "west"]; const ctx = ["meshway-east", "meshway-west", "bare-east", "bare-west"];
  const lab = await startLab({ clusters: ctx, log: console.error });
  try {
    await Promise.all(ctx.map((n) => ensureNamespaces(lab.client(n), ["gateways", "shop", "istio-system"])));
    const args = fleetArgs({ tables: 30, routes: 20, clusters: 2, destinations: 20, names: N });
    const objects = renderArgs(args).map(({ cluster, object }) => ({ context: `bare-${cluster}`, object }));
    const input = args.map((r) => r.kind !== "Fleet" ? r : { ...r, args: { clusters: (r.args["clusters"] as any[]).map((c) => ({ ...c, context: `meshway-${c.name}` })) } });
    const p = { meshway: await pulumiProgram("meshway", { folder: join(lab.folder, "bench"), env: lab.env, input }), bare: await pulumiProgram("bare", { folder: join(lab.folder, "bench"), env: lab.env, input: objects }) };
    const timed = (name: "meshway" | "bare") => { const r = spawnSync("bash", ["-c", `time pulumi preview --stack bench --non-interactive > ${lab.folder}/out-${name}.txt 2>&1`], { cwd: join(lab.folder, "bench", name), env: { ...process.env, ...lab.env, BENCH_INPUT: join(lab.folder, "bench", name, "input.json") }, encoding: "utf8" }); return r.stderr.replace(/\s+/g, " "); };
    for (let i = 0; i < 3; i++) console.log("first", timed("meshway"), "|", timed("bare"));
    await Promise.all([p.meshway.run("up", "--yes", "--skip-preview"), p.bare.run("up", "--yes", "--skip-preview")]);
    for (let i = 0; i < 5; i++) console.log("unchanged", timed("meshway"), "|", timed("bare"));
    spawnSync("bash", ["-c", `tail -12 ${lab.folder}/out-meshway.txt; cp ${lab.folder}/out-*.txt /tmp/`], { stdio: "inherit" });
  } finally { await lab.stop(); }
}
main();
