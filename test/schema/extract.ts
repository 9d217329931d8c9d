/** Extracts the schema of the components for other languages; run directly, writes it to provider/schema.json. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { components } from "../../provider/components";
import { MeshwayProvider } from "../../provider/host";

export const SCHEMA_FILE = resolve(__dirname, "../../provider/schema.json");

/** Returns the schema extracted from sdk/nodejs/src/args, as text. */
export async function extractSchema(): Promise<string> {
  const provider = new MeshwayProvider({
    name: "meshway",
    components,
    dirname: resolve(__dirname, "../../provider"),
  });
  return `${JSON.stringify(JSON.parse(await provider.extractSchema()), undefined, 2)}\n`;
}

if (require.main === module) void extractSchema().then((schema) => writeFileSync(SCHEMA_FILE, schema));
