import { type ScalarTag, stringify } from "yaml";
import type { KubeObject } from "./object.js";

/**
 * Texts that some reader of YAML takes for something else unless they are quoted.
 *
 * Kubernetes and most tools around it read YAML 1.1 in Go's way: `y` and `off` are truth values, `0B_1` and `1e_3` are numbers, and there are dates.
 */
const AMBIGUOUS =
  /^(?:y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?\.(?:inf|nan)|(?!\d+\.\d+\.\d+\.)[-+]?[._]*\d[\da-fxo_.+-]*|[-+]?[._]*e[-+]?\d+|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?|\d{4}-\d\d?-\d\d?[t\s].*)$/i;

/** Makes the writer quote those texts. */
const QUOTED: ScalarTag = { tag: "tag:yaml.org,2002:int", default: true, test: AMBIGUOUS, resolve: (text) => text };

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false, compat: [QUOTED] };

/** Writes objects as a YAML stream, fields in the order apiVersion, kind, metadata, spec. */
export function toYaml(objects: readonly KubeObject[]): string {
  return objects.map((object) => `---\n${stringify(object, OPTIONS)}`).join("");
}
