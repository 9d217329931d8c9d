/** Path to a value inside an object: keys and list indexes from the outermost to the innermost. */
export type PropertyPath = readonly (string | number)[];

/** Formats a path as Pulumi does: `spec.http[0].match["a.b"]`. Keys with any of `."[]` are quoted. */
export function formatPath(path: PropertyPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (step === "" || /[."[\]]/.test(step)) text += `["${step.replaceAll('"', '\\"')}"]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

const STEP = /\.?(?:\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+))/y;

/** Parses a path in Pulumi's format (also used by `ignoreChanges`); `*` stands for every member. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null) throw new Error(`can't read the property path ${JSON.stringify(text)}`);
    const [, quoted, index, plain] = match;
    if (quoted !== undefined) path.push(quoted.replaceAll('\\"', '"'));
    else if (index !== undefined) path.push(index === "*" ? "*" : Number(index));
    else path.push(plain ?? "");
  }
  return path;
}

/** Returns true if `path` is at or below `pattern`, in which `*` matches any step. */
export function isWithin(path: PropertyPath, pattern: PropertyPath): boolean {
  return pattern.length <= path.length && pattern.every((step, index) => step === "*" || step === path[index]);
}
