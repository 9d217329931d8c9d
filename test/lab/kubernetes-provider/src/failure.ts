import { type ServiceError, status } from "@grpc/grpc-js";
import { ApiError, ClusterUnreachableError, conflictingManagers, describeConflict, NoMatchError } from "./api-error";
import { type JsonObject, stringAt } from "./json";
import { describeObject } from "./kube-object";
import { PartialFailure, remainsTrailer } from "./partial-failure";
import { revealObject, secretTexts } from "./property-values";
import { UnsupportedError } from "./unsupported-error";

/** The operation that failed. */
export interface Attempt {
  /** "create", "update" and so on; starts the message. */
  readonly verb: string;
  /** The inputs or the state, with secret markers: identifies the object and the values to hide. */
  readonly object: JsonObject;
}

/** Converts an error for the engine and removes secret values, because the API server tends to quote refused input. */
export function toServiceError(error: unknown, attempt: Attempt): Partial<ServiceError> {
  const isPartial = error instanceof PartialFailure;
  const problem = isPartial ? error.problem : error;
  const code = problem instanceof UnsupportedError ? status.UNIMPLEMENTED : status.UNKNOWN;
  const details = hideSecrets(describe(problem, attempt), attempt.object);
  return isPartial ? { code, details, metadata: remainsTrailer(error.remains, code, details) } : { code, details };
}

function describe(error: unknown, { verb, object }: Attempt): string {
  if (error instanceof UnsupportedError) return error.message;
  const subject = object.kind === undefined ? verb : `${verb} of ${describeObject(revealObject(object))}`;
  const manager = stringAt(object, "__fieldManager") || "pulumi-kubernetes";
  if (error instanceof ApiError && conflictingManagers(error).length > 0)
    return `${subject} failed: ${describeConflict(error, manager)}`;
  if (error instanceof ApiError || error instanceof NoMatchError)
    return `${subject} failed: ${error.message}${advice(error)}`;
  if (error instanceof ClusterUnreachableError && WITHOUT_CLUSTER.has(verb)) return `${error.message}${GONE_CLUSTER}`;
  return error instanceof Error ? error.message : String(error);
}

/** Operations that can continue with only the state if the whole cluster is gone. */
const WITHOUT_CLUSTER: ReadonlySet<string> = new Set(["read", "deletion"]);
const GONE_CLUSTER =
  "\nhint: if the cluster is gone for good, the environment variable PULUMI_K8S_DELETE_UNREACHABLE=true lets Pulumi " +
  "forget what was in it";

/** As long as the official plugin's, to test how a program's own message fares next to it. */
const ALREADY_EXISTS = `

The cluster has an object of this name already, and this stack doesn't know it. Ways on:

  - The resource was renamed in the program: give it an alias with its earlier
    name, or deleteBeforeReplace where it must be replaced.
  - Somebody else's object, of which a few fields are wanted: a Patch resource
    changes these and leaves the rest alone.
  - An object that this stack is to manage from now on: \`pulumi import\`. It is
    then deleted with the stack.
  - Whatever exists is to be taken over: upsertExistingObjects of the provider
    makes creations update what is there.`;

function advice(error: Error): string {
  return error instanceof ApiError && error.reason === "AlreadyExists" ? ALREADY_EXISTS : "";
}

/** Replaces secret values in a message. Short texts stay: hiding every "a" would make it unreadable. */
export function hideSecrets(message: string, object: JsonObject): string {
  const texts = secretTexts(object).filter((text) => text.length >= 3);
  const forms = texts.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString("base64"),
  ]);
  return [...new Set(forms)]
    .sort((left, right) => right.length - left.length)
    .reduce((hidden, text) => hidden.replaceAll(text, "[secret]"), message);
}
