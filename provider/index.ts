/** Hosts Meshway's components for programs in other languages; the components themselves are in sdk/nodejs. */
import {
  ExternalService,
  FailoverPolicy,
  Fleet,
  OutlierDetectionPolicy,
  RouteTable,
  VirtualDestination,
  VirtualGateway,
} from "meshway";
import { host } from "./host";

const components = [
  ExternalService,
  FailoverPolicy,
  Fleet,
  OutlierDetectionPolicy,
  RouteTable,
  VirtualDestination,
  VirtualGateway,
];

void host({ name: "meshway", components, dirname: __dirname }, process.argv.slice(2));
