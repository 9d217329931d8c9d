import type { KubeObject } from "../../../sdk/nodejs/src/kube/object.js";

/** Objects as documents of a file, each on a line and almost as JSON, but for what YAML does not take as JSON has it. */
export function asYaml(objects: readonly KubeObject[]): string {
  return objects.map(write).join("\n---\n");
}

/** The longest key that needs no mark in front of it. */
const SIMPLE_KEY = 1000;

function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries.map(([key, each]) => `${key.length > SIMPLE_KEY ? "? " : ""}${scalar(key)}: ${write(each)}`).join(",")}}`;
}

const HIDDEN = /[\u007f-\u00a0\u2028\u2029\ufeff]/g;

function scalar(value: unknown): string {
  return JSON.stringify(value).replace(HIDDEN, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
