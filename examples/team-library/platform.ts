import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";

/** Arguments of the platform, which a company's platform team sets once. */
export interface PlatformArgs {
  /** The clusters. */
  clusters: meshway.ClusterArgs[];
  /** Parent domain of all public hosts, such as `example.com`. */
  domain: string;
}

/** Clusters, the public gateway, and the policies of every public service. */
export class Platform extends pulumi.ComponentResource {
  public readonly fleet: meshway.Fleet;
  public readonly gateway: meshway.VirtualGateway;
  /** Policies of requests to public services. */
  public readonly requests: readonly meshway.PolicyReference[];
  /** Policies of the pods behind them. */
  public readonly endpoints: readonly meshway.PolicyReference[];

  constructor(name: string, { clusters, domain }: PlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super("acme:index:Platform", name, {}, opts);
    const own = { parent: this };
    this.fleet = new meshway.Fleet(name, { clusters }, own);

    // Plaintext is only redirected to TLS, and no table can claim a host of another domain.
    this.gateway = new meshway.VirtualGateway(
      `${name}-public`,
      {
        fleet: this.fleet,
        namespace: "gateways",
        workloads: { labels: { istio: "ingressgateway" } },
        listeners: [
          { port: 80, httpsRedirect: true },
          {
            port: 443,
            tls: { mode: "SIMPLE", secretName: "web-cert" },
            allowedRouteTables: [{ host: `*.${domain}`, selector: { labels: { exposure: "public" } } }],
          },
        ],
      },
      own,
    );

    // Failed requests are retried, within a time limit.
    this.requests = [
      new meshway.RetryTimeoutPolicy(
        `${name}-patience`,
        {
          retries: { attempts: 2, perTryTimeout: "2s", retryOn: "connect-failure,refused-stream,unavailable,503" },
          requestTimeout: "10s",
        },
        own,
      ),
    ];

    // Prefers near pods; failing ones are ejected, and when all near ones are, requests go to the next region.
    this.endpoints = [
      new meshway.FailoverPolicy(`${name}-near-first`, {}, own),
      new meshway.OutlierDetectionPolicy(
        `${name}-three-strikes`,
        { consecutiveErrors: 3, interval: "5s", baseEjectionTime: "30s" },
        own,
      ),
    ];
    this.registerOutputs();
  }
}
