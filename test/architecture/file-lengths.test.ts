import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const MOST_LINES = 300;

/** The sources of the whole tree that Git knows or would take. */
function trackedSources(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], {
    encoding: "utf8",
  });
  return listed.split("\n").filter((file) => file !== "" && existsSync(file));
}

function linesOf(file: string): number {
  return readFileSync(file, "utf8").trimEnd().split("\n").length;
}

describe("file lengths", () => {
  it(`no source has more than ${MOST_LINES} lines`, () => {
    const files = trackedSources();
    assert.ok(files.length > 800, `${files.length} files`);
    const long = files.map((file) => ({ file, lines: linesOf(file) })).filter(({ lines }) => lines > MOST_LINES);
    assert.deepEqual(long, []);
  });
});
