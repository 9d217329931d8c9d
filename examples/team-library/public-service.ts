import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";
import type { Platform } from "./platform";

/** Arguments of a public service. */
export interface PublicServiceArgs {
  /** The platform to run on. */
  platform: Platform;
  /** Public host. */
  host: string;
  /** Namespace of its pods, which carry the label `app` with the service's name. */
  namespace: string;
  /** Port of its pods. */
  port: number;
  /** Routes before the catch-all route. Default: none. */
  http?: meshway.HttpRouteArgs[];
  /** Policies that take precedence over the platform's. Default: none. */
  policies?: meshway.PolicyReference[];
}

/** Pods of all clusters behind one host, with the platform's gateway, retries and failover. */
export class PublicService extends pulumi.ComponentResource {
  /** The pods, also for routes of other services. */
  public readonly destination: meshway.VirtualDestination;
  public readonly table: meshway.RouteTable;

  constructor(name: string, args: PublicServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:index:PublicService", name, {}, opts);
    const { platform, host, namespace, port, http = [], policies } = args;
    this.destination = new meshway.VirtualDestination(
      name,
      {
        fleet: platform.fleet,
        hosts: [`${name}.global`],
        services: [{ namespace, labels: { app: name }, serviceAccounts: [name] }],
        ports: [{ number: 80, protocol: "HTTP", targetPort: port }],
        policies: [...platform.endpoints],
      },
      { parent: this },
    );
    // the most specific policy of a kind wins: callers' policies go on the route, the platform's on the table
    this.table = new meshway.RouteTable(
      name,
      {
        fleet: platform.fleet,
        labels: { exposure: "public" },
        hosts: [host],
        virtualGateways: [platform.gateway],
        defaultDestination: { virtualDestination: this.destination, port: 80 },
        http: [...http, { name: "rest", forwardTo: {}, policies }],
        policies: [...platform.requests],
      },
      { parent: this },
    );
    this.registerOutputs();
  }
}
