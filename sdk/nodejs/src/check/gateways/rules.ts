import type { Rule } from "../rule.js";
import { coveredHost } from "./covered-host.js";
import { coveredTerminationHost } from "./covered-termination-host.js";
import { gatewaysDisagree } from "./gateways-disagree.js";
import { hostClaimedTwice } from "./host-claimed-twice.js";
import { hostNotAllowed } from "./host-not-allowed.js";
import { listenerConflict } from "./listener-conflict.js";
import { listenerPolicies } from "./listener-policies.js";
import { portOfProxy } from "./port-of-proxy.js";
import { portWithoutListener } from "./port-without-listener.js";
import { protocolAndTls } from "./protocol-and-tls.js";
import { redirectKeepsPort } from "./redirect-keeps-port.js";
import { sharedCertificate } from "./shared-certificate.js";
import { sharedProxies } from "./shared-proxies.js";
import { tlsSecret } from "./tls-secret.js";
import { tlsVersions } from "./tls-versions.js";

export const gatewaysRules: readonly Rule[] = [
  portWithoutListener,
  hostNotAllowed,
  gatewaysDisagree,
  hostClaimedTwice,
  listenerConflict,
  portOfProxy,
  tlsSecret,
  protocolAndTls,
  tlsVersions,
  sharedProxies,
  sharedCertificate,
  redirectKeepsPort,
  coveredHost,
  coveredTerminationHost,
  listenerPolicies,
];
