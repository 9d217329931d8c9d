import type { Rule } from "../rule.js";
import { connectionDestinations } from "./connection-destinations.js";
import { connectionPorts } from "./connection-ports.js";
import { connectionsTaken } from "./connections-taken.js";
import { connectionsWithoutRoot } from "./connections-without-root.js";
import { openedServerNames } from "./opened-server-names.js";
import { policyNeedsHttp } from "./policy-needs-http.js";
import { redirectOnTls } from "./redirect-on-tls.js";
import { sniHosts } from "./sni-hosts.js";
import { tcpNeedsOneHost } from "./tcp-needs-one-host.js";
import { unreachableConnectionRoute } from "./unreachable-connection-route.js";

export const connectionsRules: readonly Rule[] = [
  sniHosts,
  unreachableConnectionRoute,
  connectionPorts,
  connectionDestinations,
  policyNeedsHttp,
  connectionsWithoutRoot,
  redirectOnTls,
  openedServerNames,
  connectionsTaken,
  tcpNeedsOneHost,
];
