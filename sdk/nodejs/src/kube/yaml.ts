import { type ScalarTag, stringify } from "yaml";
import type { KubeObject } from "./object.js";

/**
 * Strings that some YAML readers take for another type unless they are quoted.
 *
 * Kubernetes and most tools around it read YAML 1.1 as Go does: `y` and `off` are booleans, `0B_1` and `1e_3` are
 * numbers, and there are dates.
 */
const AMBIGUOUS_FORMS = [
  /y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?\.(?:inf|nan)/,
  /(?!\d+\.\d+\.\d+\.)[-+]?[._]*\d[\da-fxo_.+-]*|[-+]?[._]*e[-+]?\d+/,
  /[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?/,
  /\d{4}-\d\d?-\d\d?[t\s].*/,
];

const AMBIGUOUS = new RegExp(`^(?:${AMBIGUOUS_FORMS.map(({ source }) => source).join("|")})$`, "i");

/** Makes the writer quote those strings. */
const QUOTED: ScalarTag = { tag: "tag:yaml.org,2002:int", default: true, test: AMBIGUOUS, resolve: (text) => text };

const OPTIONS = { lineWidth: 0, aliasDuplicateObjects: false, compat: [QUOTED] };

/** Writes objects as a YAML stream, fields in the order apiVersion, kind, metadata, spec. */
export function toYaml(objects: readonly KubeObject[]): string {
  return objects.map((object) => `---\n${stringify(object, OPTIONS)}`).join("");
}
