/** Prints how many requests the simulator answers in a second on one core: `simulate_per_s`. */
import { planModel } from "../../sdk/nodejs/src/plan/build.js";
import type { Request } from "../../sdk/nodejs/src/simulate/request.js";
import { Simulator } from "../../sdk/nodejs/src/simulate/simulator.js";
import { modelOf } from "../support/models.js";
import { gatewayArgs, shopArgs, tableArgs } from "../support/shop.js";
import { median } from "./timing.js";

const TABLES = 200;
const ROUTES = 50;
const REQUESTS = 100_000;
const ROUNDS = 7;

const forwardTo = {
  destinations: [
    { virtualDestination: "reviews", port: 80, weight: 90 },
    { service: { name: "frontend", namespace: "shop", cluster: "west" }, port: 8080, weight: 10 },
  ],
};

/** One of the kinds of routes that tables are made of. */
function route(index: number): object {
  const name = `r${index}`;
  switch (index % 5) {
    case 0:
      return { name, matchers: [{ uri: { prefix: `/p${index}` } }], forwardTo: { ...forwardTo, pathRewrite: "/x" } };
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
        matchers: [{ uri: { prefix: `/h${index}` }, headers: [{ name: "x-user", value: "a" }] }],
        forwardTo,
      };
    default:
      return {
        name,
        matchers: [{ uri: { prefix: `/q${index}` }, queryParameters: [{ name: "v", value: "2" }] }],
        redirect: { pathRedirect: "/new" },
      };
  }
}

function requestFor(index: number): Request {
  const which = (index * 7) % ROUTES;
  const path =
    [`/p${which}/a/b?c=d`, `/e${which}`, `/u${which}/42`, `/h${which}/x`, `/q${which}?v=2`][which % 5] ?? "/";
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

function main(): void {
  const http = [...Array.from({ length: ROUTES - 1 }, (_, index) => route(index)), { name: "rest", forwardTo }];
  const routeTables = Object.fromEntries(
    Array.from({ length: TABLES }, (_, index) => [`t${index}`, tableArgs({ hosts: [`t${index}.example.com`], http })]),
  );
  const plan = planModel(modelOf(shopArgs({ virtualGateways: { web: gatewayArgs() }, routeTables })));
  const simulator = new Simulator(plan);
  const requests = Array.from({ length: REQUESTS }, (_, index) => requestFor(index));
  const rates = Array.from({ length: ROUNDS }, () => {
    // time of the processor, because others use the machine too
    const started = process.cpuUsage();
    for (const request of requests) simulator.simulate(request, { trace: false });
    const { user, system } = process.cpuUsage(started);
    return (REQUESTS * 1e6) / (user + system);
  });
  console.log(`simulate_per_s ${Math.round(median(rates))}`);
}

main();
