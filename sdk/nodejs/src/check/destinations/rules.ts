import type { Rule } from "../rule.js";
import { clientTlsFiles } from "./client-tls-files.js";
import { destinationHostTaken } from "./destination-host-taken.js";
import { encryptedPort } from "./encrypted-port.js";
import { externalResolution } from "./external-resolution.js";
import { formerNames } from "./former-names.js";
import { hostNotExposed } from "./host-not-exposed.js";
import { hostOfAService } from "./host-of-a-service.js";
import { missingEastWestGateway } from "./missing-east-west-gateway.js";
import { missingLocality } from "./missing-locality.js";
import { notInCluster } from "./not-in-cluster.js";
import { plaintextNeedsHttp } from "./plaintext-needs-http.js";
import { secretForSidecars } from "./secret-for-sidecars.js";
import { servicesSpanNamespaces } from "./services-span-namespaces.js";
import { sharedEastWestAddress } from "./shared-east-west-address.js";
import { subsetLost } from "./subset-lost.js";
import { terminationNeedsOnePort } from "./termination-needs-one-port.js";
import { undeclaredSubset } from "./undeclared-subset.js";
import { unknownCluster } from "./unknown-cluster.js";
import { unknownPort } from "./unknown-port.js";
import { unknownPortName } from "./unknown-port-name.js";
import { unreachableDestination } from "./unreachable-destination.js";
import { wildcardDestination } from "./wildcard-destination.js";

export const destinationsRules: readonly Rule[] = [
  unknownCluster,
  unknownPort,
  missingEastWestGateway,
  unreachableDestination,
  servicesSpanNamespaces,
  destinationHostTaken,
  hostOfAService,
  undeclaredSubset,
  missingLocality,
  plaintextNeedsHttp,
  terminationNeedsOnePort,
  unknownPortName,
  hostNotExposed,
  externalResolution,
  clientTlsFiles,
  notInCluster,
  sharedEastWestAddress,
  formerNames,
  wildcardDestination,
  encryptedPort,
  subsetLost,
  secretForSidecars,
];
