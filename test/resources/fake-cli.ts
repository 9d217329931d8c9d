import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Puts a `pulumi` first on PATH that exports a stack of these resources; returns a function that removes it. */
export function fakeCli(resources: readonly object[]): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), "meshway-cli-"));
  const before = process.env["PATH"];
  writeFileSync(path.join(folder, "export.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  const cli = path.join(folder, "pulumi");
  writeFileSync(path.join(folder, "history.json"), "[]");
  writeFileSync(cli, '#!/bin/sh\nexec cat "$(dirname "$0")/$2.json"\n');
  chmodSync(cli, 0o755);
  process.env["PATH"] = [folder, before].join(path.delimiter);
  return () => {
    process.env["PATH"] = before;
    rmSync(folder, { recursive: true });
  };
}
