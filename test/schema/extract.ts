/** Extracts the schema of Meshway's components for other languages; run by itself, writes it to provider/schema.json. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { MeshwayProvider } from "../../provider/host";
import {
  ExternalService,
  FailoverPolicy,
  Fleet,
  OutlierDetectionPolicy,
  RouteTable,
  VirtualDestination,
  VirtualGateway,
} from "../../sdk/nodejs/src/index.js";

export const SCHEMA_FILE = resolve(__dirname, "../../provider/schema.json");

/** The schema as it follows from sdk/nodejs/src/args, as text. */
export async function extractSchema(): Promise<string> {
  const provider = new MeshwayProvider({
    name: "meshway",
    components: [
      ExternalService,
      FailoverPolicy,
      Fleet,
      OutlierDetectionPolicy,
      RouteTable,
      VirtualDestination,
      VirtualGateway,
    ],
    dirname: resolve(__dirname, "../../provider"),
  });
  return `${JSON.stringify(JSON.parse(await provider.extractSchema()), undefined, 2)}\n`;
}

if (require.main === module) void extractSchema().then((schema) => writeFileSync(SCHEMA_FILE, schema));
