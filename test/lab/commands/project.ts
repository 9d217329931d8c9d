/** What the lab commands work on: the repo's root project, on the stack `lab`, with the lab's state in `.lab/`. */
import path from "node:path";

const REPO = path.join(import.meta.dirname, "..", "..", "..");

/** The repo's root, whose Pulumi.yaml names the example program. */
export const PROJECT_FOLDER = REPO;

/** Everything that `up` leaves behind; ignored by git, removed by `down`. */
export const LAB_FOLDER = path.join(REPO, ".lab");

/** The stack that the lab commands own. */
export const LAB_STACK = "lab";

/** Clusters that the example expects, each a context of the kubeconfig. */
export const LAB_CLUSTERS = ["east", "west"];

/** Namespaces that the example expects in every cluster; nobody else creates them in a lab. */
export const LAB_NAMESPACES = ["istio-system", "gateways", "shop"];
