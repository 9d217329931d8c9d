import type {
  ClusterArgs,
  FleetArgs,
  RouteTableArgs,
  VirtualDestinationArgs,
  VirtualGatewayArgs,
} from "../../sdk/nodejs/src/index.js";
import { Fleet, RouteTable, VirtualDestination, VirtualGateway } from "../../sdk/nodejs/src/index.js";

const KUBECONFIG = "contexts: [{name: east}, {name: west}]\ncurrent-context: east\n";

export function cluster(name: string, more: Partial<ClusterArgs> = {}): ClusterArgs {
  return {
    name,
    context: name,
    kubeconfig: KUBECONFIG,
    locality: { region: name },
    eastWestGateway: { addresses: [name === "east" ? "203.0.113.10" : "203.0.113.20"] },
    ...more,
  };
}

export function fleet(args: Partial<FleetArgs> = {}): Fleet {
  return new Fleet("prod", { clusters: [cluster("east"), cluster("west")], ...args });
}

export function gateway(in_: Fleet, args: Partial<VirtualGatewayArgs> = {}): VirtualGateway {
  return new VirtualGateway("web", {
    fleet: in_,
    namespace: "gateways",
    workloads: { labels: { istio: "ingressgateway" } },
    listeners: [{ port: 80 }],
    ...args,
  });
}

export function reviews(in_: Fleet, args: Partial<VirtualDestinationArgs> = {}): VirtualDestination {
  return new VirtualDestination("reviews", {
    fleet: in_,
    hosts: ["reviews.global"],
    services: [{ namespace: "shop", labels: { app: "reviews" }, serviceAccounts: ["reviews"] }],
    ports: [{ number: 80, protocol: "HTTP", targetPort: 9080 }],
    ...args,
  });
}

export function table(args: Pick<RouteTableArgs, "fleet" | "virtualGateways"> & Partial<RouteTableArgs>): RouteTable {
  return new RouteTable("shop", {
    hosts: ["shop.example.com"],
    http: [{ name: "ok", directResponse: { status: 200 } }],
    ...args,
  });
}
