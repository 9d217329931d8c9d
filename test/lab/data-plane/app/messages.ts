/** What the lab and the programs in its pods say to each other. Plain JSON. */

/** Header of a request: so many tries of it are answered with 503, by what the proxy counts. */
export const FAILING_TRIES = "x-failing-tries";

/** Header of a request: its answer takes so many milliseconds. */
export const WAIT_MS = "x-wait-ms";

/** Who a pod is, and what it listens on. */
export interface AppSettings {
  readonly pod: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly httpPorts: readonly number[];
  readonly grpcPorts: readonly number[];
  readonly tcpPorts: readonly number[];
  /** Ports with HTTP over TLS, and the certificate that they show. */
  readonly https?: {
    readonly ports: readonly number[];
    readonly key: string;
    readonly certificate: string;
    /** PEM certificates that vouch for clients, who must then show a certificate; without them none is asked for. */
    readonly clientCa?: string;
  };
  /** Path of the socket on which the program takes orders. */
  readonly control: string;
}

/** What a pod saw of a request, sent back as its answer. */
export interface Echo {
  readonly pod: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protocol: "http" | "https" | "grpc" | "tcp";
  readonly port: number;
  /** Method and path of HTTP, the method's path of gRPC. */
  readonly method?: string;
  readonly path?: string;
  /** Names and values as they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, where the request says that it is JSON. */
  readonly body?: string;
  /** Common name of the certificate that the client showed to the program itself. */
  readonly clientName?: string;
  /** Server name that the client asked the program itself for. */
  readonly serverName?: string;
  /** SPIFFE identity of the client, as the pod's sidecar verified it; absent without mutual TLS. */
  readonly identity?: string;
}

/** A request for a pod to send. */
export type Call = HttpCall | GrpcCall | TcpCall;

export interface HttpCall {
  readonly kind: "http";
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Default: none. */
  readonly body?: string;
  /** Where to connect to. Default: the URL's host, by name. */
  readonly connectTo?: string;
  /** PEM certificates that vouch for an https server; without them none is checked. */
  readonly ca?: string;
  /** Milliseconds until the request counts as lost. Default 10,000. */
  readonly timeout?: number;
}

export interface GrpcCall {
  readonly kind: "grpc";
  /** `HOST:PORT`. */
  readonly address: string;
  /** Such as `/shop.Reviews/List`. */
  readonly path: string;
  readonly authority?: string;
}

export interface TcpCall {
  readonly kind: "tcp";
  readonly host: string;
  readonly port: number;
  readonly text: string;
}

/** What became of a request; `status` is 0 where there was no answer, and gRPC's code counted from 1000. */
export interface Answer {
  readonly status: number;
  /** Why there was no answer. */
  readonly error?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly echo?: Echo;
}

/** A constant stream of one request. */
export interface LoadOrder {
  readonly call: HttpCall;
  /** How many requests are under way at once. */
  readonly concurrency: number;
  /** Requests in a second, at most. Default: as many as there are answers. */
  readonly rate?: number;
}

/** One request of a load: milliseconds since its start, its status, the error where there was no answer, and which `pod@cluster` answered. */
export type LoadRecord = readonly [sent: number, ended: number, status: number, error: string, pod: string];

/** How a pod's program answers requests. */
export interface Behaviour {
  /** The status of every answer. Default 200. */
  readonly status: number;
  /** The status of answers to `/healthz`. Default: that of every answer. */
  readonly health?: number;
  /** What is answered in the place of the echo, by path. */
  readonly bodies?: Readonly<Record<string, string>>;
}
