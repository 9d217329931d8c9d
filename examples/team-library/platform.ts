import * as pulumi from "@pulumi/pulumi";
import * as meshway from "meshway";

/** What a company's platform team decides once. */
export interface PlatformArgs {
  /** The clusters. */
  clusters: meshway.ClusterArgs[];
  /** Domain below which all public hosts lie, such as `example.com`. */
  domain: string;
}

/** Clusters, the gateway to the world, and the policies that every public service has. */
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

    // Plaintext is only there to be sent to TLS, and no table takes a host of another domain.
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

    // What fails on the way is tried again, but nobody waits for ever.
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

    // Near pods first; those that fail are left out, and when all near ones are, requests go to the next region.
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
