/**
 * Builds `dist`, a folder with the complete plugin: Meshway bundled into one file, with a few packages as its only
 * dependencies.
 *
 * Pulumi starts plugins with plain Node.js, in a folder that users may have copied: a plugin has no TypeScript loader,
 * and does not find the workspace's packages. npm runs this whenever it installs the workspace.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

const HERE = __dirname;
const DIST = join(HERE, "dist");
/**
 * Packages that are not bundled: Pulumi's, which have files of their own, and the Kubernetes client, which is loaded
 * only if a cluster is contacted.
 */
const BESIDE = ["@kubernetes/client-node", "@pulumi/kubernetes", "@pulumi/pulumi"];

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as Manifest;

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
buildSync({
  entryPoints: [join(HERE, "index.ts")],
  outfile: join(DIST, "index.js"),
  bundle: true,
  platform: "node",
  target: "node20",
  // from the sources: npm may run this before the package is built
  alias: { meshway: resolve(HERE, "../sdk/nodejs/src/index.ts") },
  external: BESIDE,
  // Pulumi identifies components by their class names
  keepNames: true,
  logLevel: "warning",
});
const { name, version, description, license, dependencies } = manifest;
const own = Object.fromEntries(Object.entries(dependencies).filter(([each]) => BESIDE.includes(each)));
const packed = { name, version, private: true, description, license, main: "index.js", dependencies: own };
writeFileSync(join(DIST, "package.json"), `${JSON.stringify(packed, undefined, 2)}\n`);
for (const file of ["PulumiPlugin.yaml", "schema.json"]) copyFileSync(join(HERE, file), join(DIST, file));
copyFileSync(join(HERE, "../LICENSE"), join(DIST, "LICENSE"));
const program = join(DIST, "pulumi-resource-meshway");
writeFileSync(
  program,
  '#!/bin/sh\n# Starts the plugin where Pulumi looks for a program.\nexec node "$(dirname "$0")" "$@"\n',
);
chmodSync(program, 0o755);
// npm hoists the workspace's packages to the root, and Pulumi considers an installation without this folder failed
mkdirSync(join(HERE, "node_modules"), { recursive: true });
