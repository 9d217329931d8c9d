import { namespacesOf } from "../../model/workspace.js";
import { heldPlacesOf } from "../facts/holdings.js";
import { ANY_TEAM, fleetPlace, namespacePlace } from "../facts/touch.js";
import { everyOne, type Rule } from "../rule.js";

export const ownedPlaces: Rule = {
  name: "owned-places",
  codes: [],
  description: "Touches of a workspace by others are reported regardless of declaration order.",
  check(context) {
    for (const { subject, value } of everyOne(context, "Workspace")) {
      const fleet = context.model.Fleet.get(value.fleet);
      if (fleet === undefined) continue;
      const places = heldPlacesOf(context);
      places.own(context.findings, fleetPlace(value.fleet), ANY_TEAM);
      for (const { cluster, namespace } of namespacesOf(value, fleet))
        places.own(context.findings, namespacePlace(value.fleet, cluster.name, namespace), subject.name);
    }
  },
};
