/**
 * The simulator's requests per second on one core, and the duration of `meshway explain` on a model with 10,000 routes.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { planModel } from "../../sdk/nodejs/src/plan/build.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import { Simulator } from "../../sdk/nodejs/src/simulate/simulator.js";
import { modelOf } from "../support/models.js";
import { gatewayArgs, shopArgs, tableArgs } from "../support/shop.js";
import type { Figures } from "./figures.js";
import { median, progress, timeOf } from "./timing.js";

const TABLES = 200;
const ROUTES = 50;
const REQUESTS = 100_000;

const forwardTo = {
  destinations: [
    { virtualDestination: "reviews", port: 80, weight: 90 },
    { service: { name: "frontend", namespace: "shop", cluster: "west" }, port: 8080, weight: 10 },
  ],
};

/** Returns a route; its shape rotates through the kinds of routes by index. */
function route(index: number): object {
  const name = `r${index}`;
  switch (index % 5) {
    case 0:
      return { name, matchers: [{ uri: { prefix: `/p${index}/` } }], forwardTo: { ...forwardTo, pathRewrite: "/x" } };
    case 1:
      return {
        name,
        matchers: [{ uri: { exact: `/e${index}` }, method: "GET" }],
        directResponse: { status: 200, body: "ok" },
      };
    case 2:
      return { name, matchers: [{ uri: { regex: `/u${index}/[0-9]+` } }], forwardTo };
    case 3:
      return {
        name,
        matchers: [{ uri: { prefix: `/h${index}/` }, headers: [{ name: "x-user", value: "a" }] }],
        forwardTo,
      };
    default:
      return {
        name,
        matchers: [{ uri: { prefix: `/q${index}/` }, queryParameters: [{ name: "v", value: "2" }] }],
        redirect: { pathRedirect: "/new" },
      };
  }
}

function requestFor(index: number): Request {
  const which = (index * 7) % ROUTES;
  const path =
    [`/p${which}/a/b?c=d`, `/e${which}`, `/u${which}/42`, `/h${which}/x`, `/q${which}/?v=2`][which % 5] ?? "/";
  return {
    from: { cluster: "east", gateway: "web" },
    scheme: "https",
    host: `t${index % TABLES}.example.com`,
    path: index % 10 === 0 ? "/nothing/./here" : path,
    headers: [
      ["accept", "*/*"],
      ["x-user", index % 2 === 0 ? "a" : "b"],
    ],
  };
}

function tables(count: number, routes: number): Readonly<Record<string, object>> {
  const http = [...Array.from({ length: routes - 1 }, (_, index) => route(index)), { name: "rest", forwardTo }];
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`t${index}`, tableArgs({ hosts: [`t${index}.example.com`], http })]),
  );
}

function argsWith(routeTables: Readonly<Record<string, object>>) {
  return shopArgs({ virtualGateways: { web: gatewayArgs() }, routeTables });
}

/** Measures requests per second of CPU time, because the machine is shared. */
export function simulating(figures: Figures, rounds: number): void {
  progress(`simulate: ${REQUESTS} requests, ${rounds} rounds`);
  const simulator = new Simulator(planModel(modelOf(argsWith(tables(TABLES, ROUTES)))));
  const requests = Array.from({ length: REQUESTS }, (_, index) => requestFor(index));
  const rates = Array.from({ length: rounds }, () => {
    const started = process.cpuUsage();
    for (const request of requests) simulator.simulate(request, { trace: false });
    const { user, system } = process.cpuUsage(started);
    return (REQUESTS * 1e6) / (user + system);
  });
  figures.add("simulate_per_s", median(rates), { atLeast: 100_000, digits: 0 });
}

/**
 * Measures the seconds that `meshway explain` takes from the command line, on a model file of 100 tables with 100
 * routes each.
 */
export function explaining(figures: Figures, rounds: number): void {
  progress(`explain: 10,000 routes, ${rounds} rounds`);
  const folder = mkdtempSync(join(tmpdir(), "meshway-bench-"));
  const file = join(folder, "model.yaml");
  writeFileSync(file, stringify(argsWith(tables(100, 100)), { aliasDuplicateObjects: false }));
  const url = "https://t42.example.com/q4/?v=2";
  const args = [resolve("sdk/nodejs/bin/cli/main.js"), "explain", file, "GET", url, "--from", "gateway:web"];
  const explain = () => execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  try {
    const times = Array.from({ length: rounds }, () => timeOf(() => undefined, explain));
    if (!times.every(({ result }) => result.includes("✓ r4"))) figures.fail("explain did not find the route");
    figures.add("explain_10000_routes_s", median(times.map(({ ms }) => ms / 1000)), { atMost: 1 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
