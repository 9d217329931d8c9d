import type { User } from "./guarded-cluster.js";

/** Member of `shop` with rights in its namespace. */
export const alice: User = { name: "alice", groups: ["shop-team"], mayWriteIn: ["shop"] };
/** CI pipeline of `shop`. */
export const pipeline: User = { name: "system:serviceaccount:shop:ci", groups: [], mayWriteIn: ["shop"] };
/** Member of `shop` with rights in the gateway's namespace. */
export const carol: User = { name: "carol", groups: ["shop-team"], mayWriteIn: ["gateways"] };
/** Member of `shop` with rights in a namespace that no workspace lists. */
export const dave: User = { name: "dave", groups: ["shop-team"], mayWriteIn: ["unlisted"] };
/** Member of `books` with rights in its namespace. */
export const bob: User = { name: "bob", groups: [], mayWriteIn: ["books"] };
/** User without a team, with rights in a team's namespace. */
export const eve: User = { name: "eve", groups: [], mayWriteIn: ["shop"] };
/** User without a team, with rights in a namespace that no workspace lists. */
export const mallory: User = { name: "mallory", groups: [], mayWriteIn: ["unlisted"] };
/** Owner of the gateway. */
export const gwen: User = { name: "gwen", groups: ["gateway-owners"], mayWriteIn: ["gateways"] };
/** An operator, here with rights in three namespaces. */
export const opal: User = {
  name: "opal",
  groups: ["platform-operators"],
  mayWriteIn: ["unlisted", "shop", "istio-system"],
};

/** Member of the team that owns the mesh's root namespace. */
export const owen: User = { name: "owen", groups: ["mesh-owners"], mayWriteIn: ["istio-system"] };

export const USERS: readonly User[] = [alice, pipeline, carol, dave, bob, eve, mallory, gwen, opal, owen];
