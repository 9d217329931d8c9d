/** Whether a finding stops the preview (`error`) or is only told (`warning`). */
export type Severity = "error" | "warning";
