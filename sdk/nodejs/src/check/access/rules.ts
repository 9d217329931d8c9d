import type { Rule } from "../rule.js";
import { accessBehindGateway } from "./access-behind-gateway.js";
import { accessOfSharedProxies } from "./access-of-shared-proxies.js";
import { accessOverTrustDomains } from "./access-over-trust-domains.js";
import { accessTooLarge } from "./access-too-large.js";
import { accessWithoutIdentity } from "./access-without-identity.js";
import { accessWithoutMesh } from "./access-without-mesh.js";
import { requestsOnTcpPort } from "./requests-on-tcp-port.js";
import { tlsModeRefused } from "./tls-mode-refused.js";
import { tlsModeTakenTwice } from "./tls-mode-taken-twice.js";
import { unpinnedIdentity } from "./unpinned-identity.js";

export const accessRules: readonly Rule[] = [
  accessWithoutMesh,
  accessOverTrustDomains,
  accessWithoutIdentity,
  accessBehindGateway,
  tlsModeRefused,
  accessTooLarge,
  requestsOnTcpPort,
  accessOfSharedProxies,
  tlsModeTakenTwice,
  unpinnedIdentity,
];
