/** The subject of the lab commands: the repo's root project with the stack `lab`, and the lab's state in `.lab/`. */
import path from "node:path";

const REPO = path.join(import.meta.dirname, "..", "..", "..");

/** The repo's root; its Pulumi.yaml names the example program. */
export const PROJECT_FOLDER = REPO;

/** The files that `up` leaves behind; ignored by Git, removed by `down`. */
export const LAB_FOLDER = path.join(REPO, ".lab");

/** The stack of the lab commands. */
export const LAB_STACK = "lab";

/** The clusters that the example expects, each a context of the kubeconfig. */
export const LAB_CLUSTERS = ["east", "west"];

/** The namespaces that the example expects in every cluster; nothing else creates them in a lab. */
export const LAB_NAMESPACES = ["istio-system", "gateways", "shop"];
