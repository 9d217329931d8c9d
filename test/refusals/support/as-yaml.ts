import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";

/** Writes objects as YAML documents, one line each and almost JSON, except for what YAML reads differently. */
export function asYaml(objects: readonly KubeObject[]): string {
  return objects.map(write).join("\n---\n");
}

/** The longest key that needs no `?` indicator. */
const SIMPLE_KEY = 1000;

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const indicator = (key: string): string => (key.length > SIMPLE_KEY ? "? " : "");
  return `{${entries.map(([key, each]) => `${indicator(key)}${scalar(key)}: ${write(each)}`).join(",")}}`;
}

const HIDDEN = /[\u007f-\u00a0\u2028\u2029\ufeff]/g;

function scalar(value: unknown): string {
  return JSON.stringify(value).replace(HIDDEN, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
