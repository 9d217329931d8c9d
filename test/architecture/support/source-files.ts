import { readdirSync } from "node:fs";
import { join } from "node:path";

export const SOURCE = "sdk/nodejs/src";

/** Returns the package's sources, sorted. */
export function sourceFiles(): readonly string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(SOURCE, file))
    .sort();
}
