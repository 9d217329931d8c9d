import { entry } from "../catalog-entry.js";

/** 07xx: features that the target doesn't have. */
export const capability = {
  MW0701: entry<Record<string, never>>({
    name: "no-web-application-firewall",
    severity: "error",
    meaning: "A WAFPolicy is declared, but open-source Istio and Envoy have no web application firewall.",
    message: () => "this policy can't be enforced: open-source Istio and Envoy have no web application firewall",
    help: () =>
      "remove it, and run Coraza, which reads the same rules (ModSecurity's language, OWASP Core Rule Set), " +
      "as a Wasm plugin of the gateway's proxies: coraza-proxy-wasm in an Istio `WasmPlugin`",
  }),
  MW0702: entry<Record<string, never>>({
    name: "no-data-loss-prevention",
    severity: "error",
    meaning: "A DLPPolicy is declared, but open-source Istio and Envoy can't mask data in responses or access logs.",
    message: () => "this policy can't be enforced: open-source Istio and Envoy can't mask responses or access logs",
    help: () =>
      "remove it, and mask responses in the application, or with a Lua or Wasm filter of the gateway's proxies " +
      "(`EnvoyFilter`, `WasmPlugin`); keep secrets out of logs by choosing what an AccessLogPolicy includes, " +
      "or mask them in the log pipeline (OpenTelemetry Collector's `redaction` processor)",
  }),
};
