import { ownerOf } from "../../model/workspace.js";
import { holderOf, ownOf } from "../facts/holder.js";
import { policyOf } from "../facts/policies.js";
import { inFocus, type Rule } from "../rule.js";

export const probesOfOthers: Rule = {
  name: "probes-of-others",
  codes: ["MW0640"],
  description: "A gateway of another team probes only destinations of teams whose tables it allows.",
  check(context) {
    const { model, findings } = context;
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const policy = policyOf(context, value, "ActiveHealthCheckPolicy");
      const holder = holderOf(context, value);
      if (policy === undefined || holder === undefined) continue;
      for (const name of new Set(policy.value.virtualGateways)) {
        const gateway = model.VirtualGateway.get(name);
        const owner = ownerOf(model, gateway?.workspace)?.name;
        const { own } = ownOf(holder);
        if (gateway === undefined || owner === undefined || owner === own) continue;
        const isTaken = gateway.listeners.some(({ allowedRouteTables }) =>
          allowedRouteTables.some(
            ({ workspaces }) =>
              workspaces === undefined ||
              (own !== undefined && workspaces.some((each) => ownerOf(model, each)?.name === own)),
          ),
        );
        if (isTaken) continue;
        const facts = { policy: policy.name, gateway: name, owner, ...ownOf(holder) };
        findings.add("MW0640", subject, policy.path, facts);
      }
    }
  },
};
