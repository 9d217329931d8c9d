import type { User } from "./guarded-cluster.js";

/** Writes for `shop`, in its namespace. */
export const alice: User = { name: "alice", groups: ["shop-team"], mayWriteIn: ["shop"] };
/** The pipeline of `shop`. */
export const pipeline: User = { name: "system:serviceaccount:shop:ci", groups: [], mayWriteIn: ["shop"] };
/** Writes for `shop`, beside the gateway. */
export const carol: User = { name: "carol", groups: ["shop-team"], mayWriteIn: ["gateways"] };
/** Writes for `shop`, and has rights in a namespace that nobody lists. */
export const dave: User = { name: "dave", groups: ["shop-team"], mayWriteIn: ["unlisted"] };
/** Writes for `books`, in its namespace. */
export const bob: User = { name: "bob", groups: [], mayWriteIn: ["books"] };
/** Of no team, with rights in a team's namespace. */
export const eve: User = { name: "eve", groups: [], mayWriteIn: ["shop"] };
/** Of no team, with rights in a namespace that nobody lists. */
export const mallory: User = { name: "mallory", groups: [], mayWriteIn: ["unlisted"] };
/** Owns the gateway. */
export const gwen: User = { name: "gwen", groups: ["gateway-owners"], mayWriteIn: ["gateways"] };
/** An operator, here with rights in three namespaces. */
export const opal: User = {
  name: "opal",
  groups: ["platform-operators"],
  mayWriteIn: ["unlisted", "shop", "istio-system"],
};

/** Writes for a team that owns the namespace of all of the mesh. */
export const owen: User = { name: "owen", groups: ["mesh-owners"], mayWriteIn: ["istio-system"] };

export const USERS: readonly User[] = [alice, pipeline, carol, dave, bob, eve, mallory, gwen, opal, owen];
