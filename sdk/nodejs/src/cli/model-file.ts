import type { Diagnostic, Subject } from "../diagnostics/diagnostic.js";
import { Findings } from "../diagnostics/report.js";
import { quote } from "../diagnostics/words.js";
import type { Kind } from "../kinds/kinds.js";
import { describeValue } from "../model/from-zod.js";
import { emptyModel, type Model } from "../model/model.js";
import { parseResource } from "../model/parse-resource.js";
import type { ModelOf } from "../model/registry.js";
import { parseText } from "./parse-text.js";
import { FilePlaces, type Locate, MAX_FINDINGS } from "./places.js";
import { SECTIONS } from "./sections.js";

/** A parsed model file: the valid resources, and the findings about the others. */
export interface ModelFile {
  readonly model: Model;
  /** Not yet located. */
  readonly diagnostics: Diagnostic[];
  /** Adds the finding's place in the file. */
  readonly locate: Locate;
}

const KNOWN_SECTIONS = Object.keys(SECTIONS);

/**
 * Reads a model file: YAML or JSON, the arguments of the resources by kind and name, with plain names as references.
 *
 * A cluster may carry `context`, `kubeconfig` and `clusterIdentifier` as in a program; they are ignored, because a
 * model does not include access to clusters.
 */
export function readModelFile(written: string, file: string): ModelFile {
  const text = written.replace(/^\uFEFF/, "");
  const subject: Subject = { kind: "Model", name: file };
  const places = new FilePlaces(text, file);
  const findings = new Findings();
  const model = emptyModel();
  const parsed = parseText(text);
  if ("problems" in parsed) return { model, ...places.refuse(parsed.problems) };

  for (const [key, section] of entriesOf(parsed.value, subject, [], findings)) {
    if (!isSection(key)) {
      findings.add("MW0101", subject, [key], { field: key, known: KNOWN_SECTIONS });
      continue;
    }
    const kind = SECTIONS[key];
    // an empty section has no resources
    if (section === null) continue;
    for (const [name, args] of entriesOf(section, subject, [key], findings)) {
      if (findings.all.length > MAX_FINDINGS) {
        const reason = `it has more than ${MAX_FINDINGS} mistakes; nothing after ${kind} ${quote(name)} was checked`;
        findings.add("MW0903", subject, [key, name], { file, reason });
        return { model, diagnostics: findings.sorted(), locate: places.locate };
      }
      const own = kind === "Fleet" ? withoutCredentials(args, { kind, name }, findings) : args;
      const value = parseResource(kind, name, own, findings);
      if (value !== undefined) (model[kind] as Map<string, ModelOf[Kind]>).set(name, value);
    }
  }
  return { model, diagnostics: findings.sorted(), locate: places.locate };
}

/** Returns the entries of a value that must be a map. */
function entriesOf(value: unknown, subject: Subject, path: readonly string[], findings: Findings): [string, unknown][] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  const expected = path.length === 0 ? "an object with the resources by kind" : "an object with the resources by name";
  findings.add("MW0102", subject, path, { expected, found: describeValue(value) });
  return [];
}

function isSection(key: string): key is keyof typeof SECTIONS {
  return Object.hasOwn(SECTIONS, key);
}

/** Returns a fleet's arguments without the access to its clusters. */
function withoutCredentials(args: unknown, subject: Subject, findings: Findings): unknown {
  if (typeof args !== "object" || args === null || !("clusters" in args) || !Array.isArray(args.clusters)) return args;
  const clusters = args.clusters.map((cluster: unknown, index) => {
    if (typeof cluster !== "object" || cluster === null || Array.isArray(cluster)) return cluster;
    const { context, kubeconfig, clusterIdentifier, ...rest } = cluster as Readonly<Record<string, unknown>>;
    for (const [field, value] of Object.entries({ context, kubeconfig, clusterIdentifier })) {
      if (value === undefined || typeof value === "string") continue;
      findings.add("MW0102", subject, ["clusters", index, field], {
        expected: "a string",
        found: describeValue(value),
      });
    }
    return rest;
  });
  return { ...args, clusters };
}
