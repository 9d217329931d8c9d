/** JSON messages between the lab and the programs in its pods. */

/** Request header: the number of tries to answer with 503, according to the proxy's attempt count. */
export const FAILING_TRIES = "x-failing-tries";

/** Request header: milliseconds until the answer. */
export const WAIT_MS = "x-wait-ms";

/** Identity and ports of a pod. */
export interface AppSettings {
  readonly pod: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly httpPorts: readonly number[];
  readonly grpcPorts: readonly number[];
  readonly tcpPorts: readonly number[];
  /** Ports that serve HTTP over TLS, and their certificate. */
  readonly https?: {
    readonly ports: readonly number[];
    readonly key: string;
    readonly certificate: string;
    /** PEM certificates that sign client certificates, which are then required; without them none is requested. */
    readonly clientCa?: string;
  };
  /** Path of the control socket. */
  readonly control: string;
}

/** A request as a pod received it, sent back as its answer. */
export interface Echo {
  readonly pod: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly protocol: "http" | "https" | "grpc" | "tcp";
  readonly port: number;
  /** Method and path of HTTP, or the method's path of gRPC. */
  readonly method?: string;
  readonly path?: string;
  /** Names and values as received. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, if the request declares it as JSON. */
  readonly body?: string;
  /** Common name of the client certificate that the program itself received. */
  readonly clientName?: string;
  /** Server name (SNI) that the program itself received. */
  readonly serverName?: string;
  /** SPIFFE identity of the client, as verified by the pod's sidecar; absent without mutual TLS. */
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
  /** Address to connect to. Default: the URL's host, by name. */
  readonly connectTo?: string;
  /** PEM certificates that an https server must be signed by; without them none is checked. */
  readonly ca?: string;
  /** Timeout in milliseconds. Default 10,000. */
  readonly timeout?: number;
}

export interface GrpcCall {
  readonly kind: "grpc";
  /** `HOST:PORT`. */
  readonly address: string;
  /** For example `/shop.Reviews/List`. */
  readonly path: string;
  readonly authority?: string;
}

export interface TcpCall {
  readonly kind: "tcp";
  readonly host: string;
  readonly port: number;
  readonly text: string;
}

/** The result of a request; `status` is 0 if there was no answer, and 1000 plus the code for gRPC. */
export interface Answer {
  readonly status: number;
  /** The reason if there was no answer. */
  readonly error?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly echo?: Echo;
}

/** A constant stream of the same request. */
export interface LoadOrder {
  readonly call: HttpCall;
  /** Number of concurrent requests. */
  readonly concurrency: number;
  /** Maximum requests per second. Default: as fast as answers arrive. */
  readonly rate?: number;
}

/**
 * One request of a load: milliseconds since the start of the load, its status, the error if there was no answer, and
 * the `pod@cluster` that answered.
 */
export type LoadRecord = readonly [sent: number, ended: number, status: number, error: string, pod: string];

/** Answers of a pod's program. */
export interface Behaviour {
  /** Status of every answer. Default 200. */
  readonly status: number;
  /** Status of answers to `/healthz`. Default: the status of every answer. */
  readonly health?: number;
  /** Bodies to return instead of the echo, by path. */
  readonly bodies?: Readonly<Record<string, string>>;
}
