/**
 * The network of a lab: one network namespace per cluster, which is the cluster's node and router, and one for the
 * outside world.
 *
 * They connect through 203.0.113.0/24. Pods have addresses in their cluster's own range, which other clusters can route
 * to only on a flat network.
 */
import { addNamespace, interfaceName, ip, type Namespace, runIn } from "./namespaces.js";

/** Public addresses of a cluster, like the addresses of its load balancers. */
export interface PublicAddresses {
  /** Address of the cluster's router itself. */
  readonly node: string;
  readonly eastWestGateway: string;
  readonly ingressGateway: string;
}

/** The network of one cluster. */
export interface ClusterNetwork {
  readonly node: Namespace;
  /** Address of the node inside the cluster. */
  readonly nodeAddress: string;
  readonly addresses: PublicAddresses;
}

const WORLD_ADDRESS = "203.0.113.1";

/** Links of the outside world are numbered: clusters from 0, outsiders from here. */
const OUTSIDER_CABLES = 1000;

/** Returns the addresses of the cluster with this number; the first two match examples/two-clusters. */
export function publicAddresses(index: number): PublicAddresses {
  const first = 10 + index * 10;
  return {
    node: `203.0.113.${first + 5}`,
    eastWestGateway: `203.0.113.${first}`,
    ingressGateway: `203.0.113.${first + 1}`,
  };
}

/** Links and routes between namespaces. */
export class Network {
  readonly #prefix: string;
  readonly #clusters = new Map<string, ClusterNetwork & { readonly index: number; pods: number }>();
  #world: Namespace | undefined;
  #outsiders = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The outside world: a client there has no identity and reaches only public addresses. */
  get world(): Namespace {
    if (this.#world === undefined) throw new Error("the network has not started");
    return this.#world;
  }

  cluster(name: string): ClusterNetwork {
    const found = this.#clusters.get(name);
    if (found === undefined) throw new Error(`the network has no cluster "${name}"`);
    return found;
  }

  /** Creates the outside world and the clusters; on a flat network, pods reach pods of other clusters. */
  async start(names: readonly string[], options: { readonly isFlat: boolean }): Promise<void> {
    const world = await addNamespace(`${this.#prefix}world`);
    this.#world = world;
    await ip(world, "link add wan type bridge", "link set wan up", `address add ${WORLD_ADDRESS}/24 dev wan`);
    await Promise.all(names.map((name, index) => this.#addCluster(name, index, world)));
    if (options.isFlat) await Promise.all(names.map((name) => this.#addRoutes(name)));
  }

  async #addCluster(name: string, index: number, world: Namespace): Promise<void> {
    const node = await addNamespace(`${this.#prefix}${name}`);
    const addresses = publicAddresses(index);
    const nodeAddress = `10.${index + 1}.0.1`;
    const cable = interfaceName(index);
    await ip(node, `link add wan type veth peer name ${cable} netns ${world.name}`);
    await ip(world, `link set ${cable} master wan`, `link set ${cable} up`);
    await ip(
      node,
      "link set wan up",
      ...Object.values(addresses).map((address) => `address add ${address}/24 dev wan`),
      "link add pods type bridge",
      "link set pods up",
      `address add ${nodeAddress}/16 dev pods`,
    );
    await runIn(node, "sysctl", ["-q", "-w", "net.ipv4.ip_forward=1"]);
    // As in clouds: traffic that leaves a cluster gets the cluster's address, unless the pod's own is routable outside.
    await iptables(node, "POSTROUTING", "-o", "wan", "!", "-d", "10.0.0.0/8", "-j", "MASQUERADE");
    this.#clusters.set(name, { node, nodeAddress, addresses, index, pods: 0 });
  }

  async #addRoutes(from: string): Promise<void> {
    const others = [...this.#clusters].filter(([name]) => name !== from).map(([, network]) => network);
    const routes = others.map(({ index, addresses }) => `route add 10.${index + 1}.0.0/16 via ${addresses.node}`);
    await ip(this.cluster(from).node, ...routes);
  }

  /** Creates a namespace with an address on a cluster's network. */
  async addPod(cluster: string, name: string): Promise<{ readonly namespace: Namespace; readonly address: string }> {
    const network = this.#clusters.get(cluster);
    if (network === undefined) throw new Error(`the network has no cluster "${cluster}"`);
    network.pods += 1;
    const number = network.pods;
    const address = `10.${network.index + 1}.${1 + Math.floor(number / 250)}.${1 + (number % 250)}`;
    const namespace = await addNamespace(`${this.#prefix}${cluster}-${name}`);
    const cable = interfaceName(number);
    await ip(network.node, `link add ${cable} type veth peer name eth0 netns ${namespace.name}`);
    await ip(network.node, `link set ${cable} master pods`, `link set ${cable} up`);
    await ip(
      namespace,
      "link set eth0 up",
      `address add ${address}/16 dev eth0`,
      `route add default via ${network.nodeAddress}`,
    );
    return { namespace, address };
  }

  /** Creates a namespace with a public address, for a service outside all clusters. */
  async addOutsider(name: string, address: string): Promise<Namespace> {
    const namespace = await addNamespace(`${this.#prefix}${name}`);
    const cable = interfaceName(OUTSIDER_CABLES + this.#outsiders++);
    await ip(this.world, `link add ${cable} type veth peer name eth0 netns ${namespace.name}`);
    await ip(this.world, `link set ${cable} master wan`, `link set ${cable} up`);
    await ip(namespace, "link set eth0 up", `address add ${address}/24 dev eth0`);
    return namespace;
  }

  /** Forwards traffic for a public address to a pod, as a load balancer does. */
  async forward(cluster: string, from: string, to: string): Promise<void> {
    const { node } = this.cluster(cluster);
    await iptables(node, "PREROUTING", "-d", from, "-j", "DNAT", "--to-destination", to);
    // pods of the cluster itself use the public address too, and must receive replies from it
    await iptables(node, "POSTROUTING", "-s", "10.0.0.0/8", "-d", to, "-o", "pods", "-j", "MASQUERADE");
  }
}

async function iptables(namespace: Namespace, chain: string, ...rule: readonly string[]): Promise<void> {
  await runIn(namespace, "iptables", ["-w", "-t", "nat", "-A", chain, ...rule]);
}
