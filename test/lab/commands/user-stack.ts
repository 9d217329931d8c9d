/** Detects a user's stack with clusters of its own, which then replaces the lab. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import { findOnPath } from "../parts/find.js";
import { LAB_STACK } from "./project.js";

/** Returns the stack that the user selected and configured with clusters, or undefined. */
export async function userStack(project: string): Promise<string | undefined> {
  const stack = process.env.PULUMI_STACK ?? (await selectedStack(project));
  if (!stack || stack === LAB_STACK) return undefined;
  const shortName = stack.split("/").at(-1) ?? stack;
  const text = await readFile(path.join(project, `Pulumi.${shortName}.yaml`), "utf8").catch(() => "");
  const config: unknown = parse(text)?.config;
  const keys = config && typeof config === "object" ? Object.keys(config) : [];
  return keys.some((key) => key.endsWith(":clusters")) ? stack : undefined;
}

async function selectedStack(project: string): Promise<string | undefined> {
  // Only the user's own Pulumi installation can have selected one.
  if (!(await findOnPath("pulumi"))) return undefined;
  const result = await execa("pulumi", ["stack", "--show-name", "--non-interactive"], {
    cwd: project,
    reject: false,
    timeout: 10_000,
  });
  return result.exitCode === 0 ? result.stdout.trim() || undefined : undefined;
}
