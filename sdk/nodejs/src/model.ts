/** Entry `meshway/model`: parse, check, plan, render and simulate without Pulumi. */
export { checkModel } from "./check/check.js";
export { type Compiled, compile, hasErrors } from "./compile.js";
export { type Code, catalog } from "./diagnostics/catalog.js";
export type { Diagnostic, Severity, Subject } from "./diagnostics/diagnostic.js";
export { formatDiagnostic, formatDiagnostics, formatPath, toJson } from "./diagnostics/format.js";
export { Findings } from "./diagnostics/report.js";
export type { KubeObject, RenderedObject } from "./kube/object.js";
export { toYaml } from "./kube/yaml.js";
export { emptyModel, KINDS, type Kind, type Model, type ModelOf, parseResource } from "./model/model.js";
export { planModel } from "./plan/build.js";
export type { Plan } from "./plan/types.js";
export { renderIstio } from "./render/istio/render.js";
export type { Decision, Destination, Endpoint, Forward, Target } from "./simulate/decision.js";
export { describeSimulations } from "./simulate/describe.js";
export type { Connection, Request } from "./simulate/request.js";
export { prepare, simulate } from "./simulate/simulate.js";
export type { SimulateOptions, Simulation, Simulator } from "./simulate/simulator.js";
export type { Trace } from "./simulate/trace.js";
