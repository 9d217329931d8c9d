import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const MOST_LINES = 300;
const MOST_COLUMNS = 120;

/** A line that holds only a regular expression or the key of a property, which can't be wrapped. */
const UNBREAKABLE = /^\s*(?:\/.*\/[a-z]*[,;]?|".*":)$/;

/** Every source in the tree that Git tracks or would add. */
function trackedSources(...patterns: readonly string[]): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], {
    encoding: "utf8",
  });
  return listed.split("\n").filter((file) => file !== "" && existsSync(file));
}

function linesOf(file: string): readonly string[] {
  return readFileSync(file, "utf8").trimEnd().split("\n");
}

describe("file lengths", () => {
  it(`no source has more than ${MOST_LINES} lines`, () => {
    const files = trackedSources("*.ts");
    assert.ok(files.length > 800, `${files.length} files`);
    const long = files.map((file) => ({ file, lines: linesOf(file).length })).filter(({ lines }) => lines > MOST_LINES);
    assert.deepEqual(long, []);
  });

  it(`no line has more than ${MOST_COLUMNS} columns, in code or comments`, () => {
    const files = trackedSources("*.ts", "*.js", "*.cjs", "*.mjs");
    assert.ok(files.length > 800, `${files.length} files`);
    const long = files.flatMap((file) =>
      linesOf(file).flatMap((line, index) =>
        [...line].length > MOST_COLUMNS && !UNBREAKABLE.test(line) ? [`${file}:${index + 1}`] : [],
      ),
    );
    assert.deepEqual(long, []);
  });
});
