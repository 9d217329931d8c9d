import { Mesh } from "../../args/fleet.js";
import { placedBackends } from "../facts/backends.js";
import { accessPolicyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const accessWithoutMesh: Rule = {
  name: "access-without-mesh",
  codes: ["MW0480"],
  description: "All pods of a destination with an access policy are in clusters with sidecars.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const access = accessPolicyOf(context, value.policies);
      if (access === undefined) continue;
      const backends = placedBackends(context, value).map(({ cluster }) => cluster);
      const clusters = backends.filter(({ mesh }) => mesh === Mesh.None).map(({ name }) => name);
      if (clusters.length > 0) context.findings.add("MW0480", subject, access.path, { policy: access.name, clusters });
    }
  },
};
