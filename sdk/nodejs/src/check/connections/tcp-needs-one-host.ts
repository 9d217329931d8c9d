import type { PortProtocol } from "../../args/virtual-destination.js";
import type { Subject } from "../../diagnostics/diagnostic.js";
import { isDeferred, type Leaf } from "../../model/deferred.js";
import { isHttp, isTls } from "../facts/backends.js";
import { resolutionOf } from "../facts/external-ports.js";
import { type CheckContext, inFocus, type Rule } from "../rule.js";

interface Hosted {
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly number: Leaf<number>; readonly protocol: Leaf<PortProtocol> }[];
}

export const tcpNeedsOneHost: Rule = {
  name: "tcp-needs-one-host",
  codes: ["MW0519"],
  description: "A destination with a port that is neither HTTP nor TLS has one host.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) report(context, subject, value);
    for (const { subject, value } of inFocus(context, "ExternalService"))
      if (resolutionOf(value) !== "original") report(context, subject, value);
  },
};

function report(context: CheckContext, subject: Subject, { hosts, ports }: Hosted): void {
  if (hosts.length < 2) return;
  ports.forEach(({ number, protocol }, index) => {
    if (isDeferred(protocol) || isHttp(protocol) || isTls(protocol)) return;
    const facts = { hosts: hosts.length, protocol, ...(!isDeferred(number) && { port: number }) };
    context.findings.add("MW0519", subject, ["ports", index, "protocol"], facts);
  });
}
