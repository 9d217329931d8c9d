/** The effect of a finding: an `error` stops the preview, a `warning` is only reported. */
export type Severity = "error" | "warning";
