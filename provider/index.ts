/** Hosts Meshway's components for programs in other languages; the components themselves are in sdk/nodejs. */
import { components } from "./components";
import { host } from "./host";

void host({ name: "meshway", components, dirname: __dirname }, process.argv.slice(2));
