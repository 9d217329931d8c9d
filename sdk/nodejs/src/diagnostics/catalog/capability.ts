import { entry } from "../catalog-entry.js";

/** 07xx: what the target can't do. */
export const capability = {
  MW0701: entry<Record<string, never>>({
    name: "no-web-application-firewall",
    severity: "error",
    meaning: "A WAFPolicy is declared, and open-source Istio and Envoy have no web application firewall.",
    message: () =>
      "open-source Istio and Envoy have no web application firewall, so that this policy can't be in force",
    help: () =>
      "remove it, and run Coraza, which reads the same rules (ModSecurity's language, OWASP Core Rule Set), as a Wasm plugin of the gateway's proxies: coraza-proxy-wasm in an Istio `WasmPlugin`",
  }),
  MW0702: entry<Record<string, never>>({
    name: "no-data-loss-prevention",
    severity: "error",
    meaning: "A DLPPolicy is declared, and open-source Istio and Envoy mask nothing in answers or access logs.",
    message: () =>
      "open-source Istio and Envoy mask nothing in answers or access logs, so that this policy can't be in force",
    help: () =>
      "remove it, and mask answers in the application, or by a Lua or Wasm filter of the gateway's proxies (`EnvoyFilter`, `WasmPlugin`); keep secrets out of logs by what an AccessLogPolicy includes, or mask them in the logs' pipeline (OpenTelemetry Collector's `redaction` processor)",
  }),
};
