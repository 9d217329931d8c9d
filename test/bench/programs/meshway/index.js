// The program with Meshway: creates the resources in BENCH_INPUT (JSON); references are names.
const { readFileSync } = require("node:fs");
const meshway = require("meshway");

const made = new Map();
for (const { kind, name, args } of JSON.parse(readFileSync(process.env.BENCH_INPUT, "utf8"))) {
  made.set(`${kind}/${name}`, new meshway[kind](name, withReferences(args)));
}

function withReferences(value, key) {
  if (key === "fleet") return made.get(`Fleet/${value}`);
  if (key === "virtualGateways") return value.map((name) => made.get(`VirtualGateway/${name}`));
  if (key === "virtualDestination") return made.get(`VirtualDestination/${value}`);
  if (Array.isArray(value)) return value.map((item) => withReferences(item));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, withReferences(item, inner)]));
}
