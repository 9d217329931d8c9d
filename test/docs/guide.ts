/** Reads the files, and the commands with their output, that README.md and the guides (docs/guides/*.md) show. */
import { readdirSync, readFileSync } from "node:fs";

const GUIDES = "docs/guides";

export interface Command {
  /** The line after `$ `, for a shell. */
  readonly line: string;
  /** Expected output; a line `...` stands for any number of lines. */
  readonly output: readonly string[];
}

export interface Guide {
  readonly page: string;
  /** Contents by path: blocks of the same file are joined. A TypeScript block without a file is `index.ts`. */
  readonly files: ReadonlyMap<string, string>;
  readonly commands: readonly Command[];
  /** Languages of blocks that are neither files nor commands. */
  readonly others: readonly string[];
}

/** The pages whose programs and commands are run. */
export function guidePages(): readonly string[] {
  const guides = readdirSync(GUIDES).filter((file) => file.endsWith(".md"));
  return ["README.md", ...guides.map((file) => `${GUIDES}/${file}`)];
}

const BLOCK = /^```(?<info>[^\n]*)\n(?<body>.*?)^```$/gms;

export function readGuide(page: string): Guide {
  const text = readFileSync(page, "utf8");
  const files = new Map<string, string>();
  const commands: Command[] = [];
  const others: string[] = [];
  for (const { groups } of text.matchAll(BLOCK)) {
    const { info = "", body = "" } = groups ?? {};
    const file = /\bfile=(\S+)/.exec(info)?.[1] ?? (info === "ts" ? "index.ts" : undefined);
    if (file !== undefined) files.set(file, (files.get(file) ?? "") + body);
    else if (info === "console") commands.push(...readCommands(body));
    else if (info !== "mermaid") others.push(info);
  }
  return { page, files, commands, others };
}

function readCommands(body: string): Command[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line = "", ...output] = part.replace(/\n+$/, "").split("\n");
      return { line, output };
    });
}

/** Reports whether lines match what a guide shows. */
export function fits(shown: readonly string[], lines: readonly string[]): boolean {
  const [first = [], ...rest] = splitAt(shown, "...");
  if (rest.length === 0) return first.join("\n") === lines.join("\n");
  if (first.some((line, index) => lines[index] !== line)) return false;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const found = isLast ? Math.max(lines.length - part.length, at) : indexOf(lines, part, at);
    if (found < 0 || part.some((line, offset) => lines[found + offset] !== line)) return false;
    at = found + part.length;
  }
  return true;
}

function indexOf(lines: readonly string[], part: readonly string[], from: number): number {
  for (let at = from; at + part.length <= lines.length; at += 1)
    if (part.every((line, offset) => lines[at + offset] === line)) return at;
  return -1;
}

function splitAt(lines: readonly string[], mark: string): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    if (line === mark) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}
