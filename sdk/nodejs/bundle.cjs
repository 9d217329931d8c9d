/**
 * Bundles the one module of the package that is slow to load file by file: `npm run build` and `npm install` run it
 * after tsc.
 */
const { join } = require("node:path");
const { buildSync } = require("esbuild");

const MODULE = "resources/kube-config";

buildSync({
  entryPoints: [join(__dirname, "src", `${MODULE}.ts`)],
  outfile: join(__dirname, "bin", `${MODULE}.js`),
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  legalComments: "eof",
  logLevel: "error",
});
