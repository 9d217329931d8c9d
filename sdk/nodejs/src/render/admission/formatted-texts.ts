/** Texts other than headers that Envoy formats. */
import type { PlannedWorkspaceGuard } from "../../plan/guards.js";
import { celText } from "./cel.js";
import { celShown, FORMAT_HELP, isRefusedFormat } from "./headers.js";
import { type GuardPolicy, istio, type Validation } from "./policy.js";

/** Rejects trace tags that read values reserved to the proxy. */
export function telemetriesPolicy({ namespaces }: PlannedWorkspaceGuard): GuardPolicy {
  const formats = 't.?customTags.orValue({}).map(k, t.customTags[k].?formatter.?value.orValue(""))';
  return {
    part: "telemetries",
    on: istio("telemetry", "v1", "telemetries"),
    operations: ["CREATE", "UPDATE"],
    namespaces: { in: namespaces },
    variables: {
      wrong:
        `object.?spec.?tracing.orValue([]).map(t, ${formats}.filter(x, ${isRefusedFormat("x")}))` +
        ".filter(t, t.size() > 0)",
    },
    validations: [
      {
        expression: "variables.wrong.size() == 0",
        message: "a tag of traces reads what is the proxy's own",
        sentence: `"the format of a tag, " + ${celShown("variables.wrong[0][0]")} + "," + ${celText(FORMAT_HELP)}`,
      },
    ],
  };
}

/** Variables: target hosts of tunnels, which Envoy formats (TcpProxy.TunnelingConfig.hostname). */
export const tunnelVariables: Readonly<Record<string, string>> = {
  tunnels:
    '([object.?spec.?trafficPolicy.?tunnel.?targetHost.orValue("")] + object.?spec.?subsets.orValue([])' +
    '.map(s, s.?trafficPolicy.?tunnel.?targetHost.orValue(""))).filter(h, h.contains("%"))',
};

export const tunnelRule: Validation = {
  expression: "variables.tunnels.size() == 0",
  message: "a tunnel asks for a host that is none",
  sentence:
    `"a tunnel asks for host " + ${celShown("variables.tunnels[0]")} + ` +
    celText(", which Envoy would format, expected a name or an address: change `targetHost`"),
};
