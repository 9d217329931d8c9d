/** What endpoints say of themselves: where they lie, and whether proxies speak mutual TLS to them. */
import { formsOf } from "../../model/address-range.js";
import { derive } from "../../model/deferred.js";
import { isIpAddress } from "../../model/host.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText } from "./cel.js";
import type { Validation } from "./policy.js";

const NETWORK_LABEL = "topology.istio.io/network";
const TLS_LABEL = "security.istio.io/tlsMode";

/**
 * Variables: the network behind each address of an east-west gateway, an empty text where it takes plaintext; and all
 * forms of these addresses.
 */
export function doorVariables({ doors }: PlannedWorkspaceGuard): Readonly<Record<string, string>> {
  const entries = doors.flatMap(({ addresses, network }) =>
    addresses.map((address) =>
      derive([address, network], () => `${celText(address.toLowerCase())}: ${celText(network)}`),
    ),
  );
  const forms = doors
    .flatMap(({ addresses }) => addresses)
    .map((address) => derive([address], () => celList(isIpAddress(address) ? formsOf(address) : [])));
  return {
    // an empty map has no types
    doors: `{${['"": ""', ...new Set(entries)].join(", ")}}`,
    doorForms: `(${["[]", ...new Set(forms)].join(" + ")}).map(r, cidr(r))`,
  };
}

/** Whether an endpoint is in a place that a team's can't be in; those of Meshway's own objects lie behind gateways. */
export function isMisplaced(endpoint: string, guard: PlannedWorkspaceGuard, mayBeDoor: string): string {
  const address = `${endpoint}.?address.orValue("").lowerAscii()`;
  const network = `${endpoint}.?network.orValue("")`;
  const label = (name: string): string => `${endpoint}.?labels[?${celText(name)}].orValue("")`;
  const own = celList(["", guard.network]);
  const isDoor = `${address} != "" && ${address} in variables.doors`;
  const behind = `variables.doors[${address}]`;
  const isOtherForm = `isIP(${address}) && variables.doorForms.exists(r, r.containsIP(ip(${address})))`;
  const isRight =
    `${mayBeDoor} && ${network} == ${behind} && ${label(TLS_LABEL)} == (${behind} == "" ? "" : "istio") && ` +
    `${label(NETWORK_LABEL)} == ""`;
  const isNear =
    `!(${isOtherForm}) && ${network} in ${own} && ${label(NETWORK_LABEL)} in ${own} && ` +
    `${label(TLS_LABEL)} in ${celList(["", "istio"])}`;
  return `!(${isDoor} ? (${isRight}) : (${isNear}))`;
}

/** The rule about endpoints in `variables.misplaced`. */
export function placeRule({ network }: PlannedWorkspaceGuard): Validation {
  return {
    expression: "variables.misplaced.size() == 0",
    message: "an endpoint is on another network, or its TLS is switched off",
    sentence:
      `"endpoint " + variables.misplaced[0].?address.orValue("") + ` +
      celText(
        ` is a gateway between clusters or on another network, or its label ${TLS_LABEL} switches mutual TLS off, ` +
          `expected network ${network} and no such labels, or what Meshway writes for a gateway of the fleet: ` +
          "change it, or ask the operators to apply the object",
      ),
  };
}
