import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Answer {
  readonly code: number;
  /** Output of both streams. */
  readonly text: string;
}

/** One step of a preview, from the CLI's --json output. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly detailedDiff?: Readonly<Record<string, { readonly kind: string }>>;
}

/** A Pulumi project in its own folder, driven through the real CLI. */
export class PulumiProject {
  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
    program = "cluster-program.cjs",
  ) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(path.join(__dirname, program), path.join(folder, "index.js"));
    const runtime = "runtime: { name: nodejs, options: { typescript: false } }";
    writeFileSync(path.join(folder, "Pulumi.yaml"), `name: stand-in\n${runtime}\nmain: index.js\n`);
    writeFileSync(path.join(folder, "package.json"), '{ "name": "stand-in", "main": "index.js" }\n');
    symlinkSync(path.resolve(__dirname, "../../../../node_modules"), path.join(folder, "node_modules"));
  }

  /** Runs the CLI; a failure is returned too. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const options = { cwd: this.folder, env: { ...process.env, ...this.env, ...env }, maxBuffer: 1 << 26 };
    return new Promise((resolve) => {
      execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
        resolve({ code, text: stdout + stderr });
      });
    });
  }

  /** Returns a preview's changes, by resource name. */
  async preview(env: Readonly<Record<string, string>> = {}): Promise<Record<string, Step>> {
    const { text } = await this.run(["preview", "--json"], env);
    const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
    const { steps } = JSON.parse(json) as { readonly steps: readonly Step[] };
    const changed = steps.filter(({ op }) => op !== "same");
    return Object.fromEntries(changed.map((step) => [step.urn.split("::").at(-1) ?? "", step]));
  }
}
