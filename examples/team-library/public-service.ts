import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";
import type { Platform } from "./platform";

/** A service that the world may call. */
export interface PublicServiceArgs {
  /** The platform that it is on. */
  platform: Platform;
  /** Host by which the world knows it. */
  host: string;
  /** Namespace of its pods, which carry the label `app` with the name of the service. */
  namespace: string;
  /** Port of its pods. */
  port: number;
  /** Routes that come before the one for everything else. Default: none. */
  http?: meshway.HttpRouteArgs[];
  /** Policies that go before those of the platform. Default: none. */
  policies?: meshway.PolicyReference[];
}

/** Pods of all clusters behind one host, with the platform's gateway, retries and failover. */
export class PublicService extends pulumi.ComponentResource {
  /** The pods, for routes of other services too. */
  public readonly destination: meshway.VirtualDestination;
  public readonly table: meshway.RouteTable;

  constructor(name: string, args: PublicServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:index:PublicService", name, {}, opts);
    const { platform, host, namespace, port, http = [], policies = [] } = args;
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
    // the nearest policy of a kind wins: what a caller lists stands on the route, what the platform lists on the table
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
