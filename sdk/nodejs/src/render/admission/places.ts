/** Restricts where endpoints claim to be, and whether proxies use mutual TLS toward them. */
import { NETWORK_LABEL, TLS_LABEL } from "../../kube/istio-labels.js";
import { formsOf } from "../../model/address-range.js";
import { derive } from "../../model/deferred.js";
import { isIpAddress } from "../../model/host.js";
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celList, celText } from "./cel.js";
import type { Validation } from "./policy.js";

/**
 * Variables: the network behind each address of an east-west gateway, empty if it accepts plaintext; and all notations
 * of these addresses.
 */
export function eastWestVariables({ doors }: PlannedWorkspaceGuard): Readonly<Record<string, string>> {
  const entries = doors.flatMap(({ addresses, network }) =>
    addresses.map((address) =>
      derive([address, network], () => `${celText(address.toLowerCase())}: ${celText(network)}`),
    ),
  );
  const forms = doors
    .flatMap(({ addresses }) => addresses)
    .map((address) => derive([address], () => celList(isIpAddress(address) ? formsOf(address) : [])));
  return {
    // CEL can't infer the types of an empty map
    doors: `{${['"": ""', ...new Set(entries)].join(", ")}}`,
    doorForms: `(${["[]", ...new Set(forms)].join(" + ")}).map(r, cidr(r))`,
  };
}

/**
 * Tests whether an endpoint claims a location that a team's can't have; `mayBeEastWest` permits Meshway's own objects,
 * whose endpoints are east-west gateways.
 */
export function isMisplaced(endpoint: string, guard: PlannedWorkspaceGuard, mayBeEastWest: string): string {
  const address = `${endpoint}.?address.orValue("").lowerAscii()`;
  const network = `${endpoint}.?network.orValue("")`;
  const label = (name: string): string => `${endpoint}.?labels[?${celText(name)}].orValue("")`;
  const own = celList(["", guard.network]);
  const isEastWest = `${address} != "" && ${address} in variables.doors`;
  const behind = `variables.doors[${address}]`;
  const isOtherForm = `isIP(${address}) && variables.doorForms.exists(r, r.containsIP(ip(${address})))`;
  const isRight =
    `${mayBeEastWest} && ${network} == ${behind} && ${label(TLS_LABEL)} == (${behind} == "" ? "" : "istio") && ` +
    `${label(NETWORK_LABEL)} == ""`;
  const isNear =
    `!(${isOtherForm}) && ${network} in ${own} && ${label(NETWORK_LABEL)} in ${own} && ` +
    `${label(TLS_LABEL)} in ${celList(["", "istio"])}`;
  return `!(${isEastWest} ? (${isRight}) : (${isNear}))`;
}

/** Rejects the endpoints in `variables.misplaced`. */
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
