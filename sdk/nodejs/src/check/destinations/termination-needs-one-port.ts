import { inFocus, type Rule } from "../rule.js";

export const terminationNeedsOnePort: Rule = {
  name: "termination-needs-one-port",
  codes: ["MW0513"],
  description: "A virtual destination with `tlsTermination` has one port.",
  check(context) {
    for (const { subject, value } of inFocus(context, "VirtualDestination")) {
      const ports = value.ports.length;
      if (value.clientMode === "tlsTermination" && ports > 1)
        context.findings.add("MW0513", subject, ["ports"], { ports });
    }
  },
};
