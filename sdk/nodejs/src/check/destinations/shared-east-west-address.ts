import { isDeferred } from "../../model/deferred.js";
import type { Cluster } from "../../model/fleet.js";
import { inFocus, type Rule } from "../rule.js";

export const sharedEastWestAddress: Rule = {
  name: "shared-east-west-address",
  codes: ["MW0526"],
  description: "East-west gateways of different networks have different addresses or ports.",
  check(context) {
    for (const { subject, value } of inFocus(context, "Fleet")) {
      const owners = new Map<string, Cluster>();
      value.clusters.forEach((cluster, index) => {
        const { eastWestGateway: gateway, network } = cluster;
        if (gateway === undefined || isDeferred(network) || isDeferred(gateway.port)) return;
        const { port } = gateway;
        gateway.addresses.forEach((address, i) => {
          if (isDeferred(address)) return;
          const key = `${address.toLowerCase()} ${port}`;
          const owner = owners.get(key);
          if (owner === undefined) owners.set(key, cluster);
          if (owner === undefined || owner.network === network) return;
          const path = ["clusters", index, "eastWestGateway", "addresses", i];
          context.findings.add("MW0526", subject, path, { address, port, other: owner.name });
        });
      });
    }
  },
};
