import { stringify } from "yaml";
import type { KubeObject } from "./object.js";

/** Writes objects as a YAML stream, fields in the order apiVersion, kind, metadata, spec. */
export function toYaml(objects: readonly KubeObject[]): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join("");
}
