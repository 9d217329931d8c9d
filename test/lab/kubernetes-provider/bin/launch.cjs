/**
 * Starts the plugin from a bundle: each cluster has its own process, so startup time and memory matter.
 *
 * esbuild creates the bundle in the lab's cache folder, and again whenever a source file changes.
 */
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const sources = path.join(__dirname, "..", "src");

/** Returns a hash that changes with every edit of a source and every version of a bundled package. */
function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  for (const name of fs.readdirSync(sources).sort()) {
    const { mtimeMs, size } = fs.statSync(path.join(sources, name));
    hash.update(`${sources}/${name}:${mtimeMs}:${size}\n`);
  }
  for (const dependency of ["@pulumi/pulumi", "@pulumi/kubernetes", "@grpc/grpc-js", "yaml"])
    hash.update(`${dependency}@${installedVersion(dependency)}\n`);
  return hash.digest("hex").slice(0, 16);
}

/** Returns the version of a package that the repo has installed, or "0.0.0". */
function installedVersion(name) {
  for (const folder of require.resolve.paths(name) ?? []) {
    const manifest = path.join(folder, name, "package.json");
    if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, "utf8")).version;
  }
  return "0.0.0";
}

/** Returns the folder for the bundle: the lab's cache, or the system's temporary folder if that isn't writable. */
function cacheFolder() {
  const base =
    process.env.MESHWAY_LAB_CACHE ??
    path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "meshway-lab");
  for (const folder of [
    path.join(base, "kubernetes-provider"),
    path.join(os.tmpdir(), "meshway-kubernetes-provider"),
  ]) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      fs.accessSync(folder, fs.constants.W_OK);
      return folder;
    } catch {}
  }
  throw new Error("no writable folder for the bundle of the Kubernetes provider stand-in: set MESHWAY_LAB_CACHE");
}

/** Writes the bundle next to its final name and renames it, because several processes may start at once. */
function bundle(file) {
  const esbuild = require(require.resolve("esbuild", { paths: [path.dirname(require.resolve("tsx/package.json"))] }));
  const temporary = `${file}.${process.pid}`;
  esbuild.buildSync({
    entryPoints: [path.join(sources, "main.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    keepNames: true,
    outfile: temporary,
    define: { PLUGIN_VERSION: JSON.stringify(installedVersion("@pulumi/kubernetes")) },
    logLevel: "error",
  });
  fs.renameSync(temporary, file);
}

const file = path.join(cacheFolder(), `${fingerprint()}.cjs`);
if (!fs.existsSync(file)) bundle(file);
require(file);
