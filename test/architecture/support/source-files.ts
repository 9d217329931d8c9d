import { readdirSync } from "node:fs";
import { join } from "node:path";

export const SOURCE = "sdk/nodejs/src";

/** The sources of the package, sorted. */
export function sourceFiles(): readonly string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(SOURCE, file))
    .sort();
}
