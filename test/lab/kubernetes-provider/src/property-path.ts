/** Place of a value inside an object: keys and list positions from the outside in. */
export type PropertyPath = readonly (string | number)[];

/** A path as Pulumi writes it: `spec.http[0].match["a.b"]`. Keys with any of `."[]` are quoted. */
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

/** Reads a path as Pulumi writes it (`ignoreChanges` uses them too); `*` stands for every member. */
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

/** Whether `path` is at or below `pattern`, in which `*` stands for any step. */
export function isWithin(path: PropertyPath, pattern: PropertyPath): boolean {
  return pattern.length <= path.length && pattern.every((step, index) => step === "*" || step === path[index]);
}
