/** The README and the guides are accurate: their programs compile, and their commands print the output shown. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fits, guidePages, readGuide } from "../docs/guide.js";
import { CLI, Workplace } from "./support/cli.js";

/** Commands that other tests run, because they need clusters, a registry or a Git server. */
const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm install meshway @pulumi/pulumi @pulumi/kubernetes": "test/commands/package.test.ts",
  "pulumi up": "test/e2e/lifecycle.test.ts",
  "pulumi up --continue-on-error": "test/e2e/cluster-down.test.ts",
  "pulumi preview": "test/e2e/lifecycle.test.ts",
  "pulumi destroy": "test/e2e/lifecycle.test.ts",
};

const LIMIT_MS = 120_000;

describe("guides", () => {
  const at = new Workplace();

  for (const page of guidePages()) {
    const guide = readGuide(page);

    it(`${page}: commands print the output shown`, function () {
      this.timeout(300_000);
      assert.deepEqual(guide.others, [], "blocks that nothing runs");
      for (const [file, text] of guide.files) at.write(file, text);
      for (const { line, output } of guide.commands) {
        const elsewhere = RUN_ELSEWHERE[line];
        if (elsewhere !== undefined) {
          assert.ok(existsSync(elsewhere), elsewhere);
          continue;
        }
        const printed = print(at.folder, line);
        if (process.env["UPDATE_GOLDEN"] === "1" && output.length === 0) update(page, line, printed);
        else if (!fits(output, printed)) assert.deepEqual(printed, output, line);
      }
    });
  }

  it("have programs that compile", function () {
    this.timeout(300_000);
    const programs = guidePages().flatMap((page) =>
      [...readGuide(page).files]
        .filter(([file]) => file.endsWith(".ts"))
        .map(([file, text]) => [`${page}-files/${file}`, text] as const),
    );
    for (const [file, text] of programs) at.write(file, text);
    compile(
      at.folder,
      programs.map(([file]) => file),
    );
  });

  it("have no broken links", () => {
    const pages = [
      ...readdirSync(".").filter((file) => file.endsWith(".md")),
      ...["docs", "examples"].flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".md") && !file.includes("node_modules"))
          .map((file) => join(folder, file)),
      ),
    ];
    assert.ok(pages.length > 60, `${pages.length} pages`);
    const lost = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)]
        .map(([, link = ""]) => join(dirname(page), link))
        .filter((file) => !existsSync(file))
        .map((file) => `${page}: ${file}`),
    );
    assert.deepEqual(lost, []);
  });
});

function compile(folder: string, programs: readonly string[]): void {
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, "--types", "node", ...programs], {
    cwd: folder,
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  assert.equal(status, 0, stdout);
}

/** Returns the output of a command line, stdout and stderr; expects a nonzero exit code if it prints an error. */
function print(folder: string, line: string): string[] {
  const env = { ...process.env, NO_COLOR: "1", KUBECONFIG: "/nowhere/at/all" };
  const command = `${line.replace(/\bnpx meshway\b/g, `"${process.execPath}" "${CLI}"`)} 2>&1`;
  const { status, stdout } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    env,
    timeout: LIMIT_MS,
  });
  const isError = /^error(\[|:)|"severity": "error"/m.test(stdout);
  assert.equal(status !== 0, isError, `${line}: exit code ${status}\n${stdout}`);
  return stdout.replace(/\n+$/, "").split("\n");
}

/** Writes a command's output below it in the page. */
function update(page: string, line: string, printed: readonly string[]): void {
  const text = readFileSync(page, "utf8");
  writeFileSync(
    page,
    text.replace(`$ ${line}\n`, () => `$ ${line}\n${printed.join("\n")}\n`),
  );
}
