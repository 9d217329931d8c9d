import { type ServiceError, status } from "@grpc/grpc-js";
import { ApiError, conflictingManagers, describeConflict, NoMatchError } from "./api-error";
import type { JsonObject } from "./json";
import { describeObject } from "./kube-object";
import { revealObject, secretTexts } from "./property-values";
import { UnsupportedError } from "./unsupported-error";

/** What was being done when something failed. */
export interface Attempt {
  /** "create", "update", ...: begins the message. */
  readonly verb: string;
  /** The inputs or the state, with their secret marks: names the object, and says what must be hidden. */
  readonly object: JsonObject;
}

/** The error as the engine gets it; secret values are cut out, the API server likes to quote what it refuses. */
export function toServiceError(error: unknown, attempt: Attempt): Partial<ServiceError> {
  const code = error instanceof UnsupportedError ? status.UNIMPLEMENTED : status.UNKNOWN;
  return { code, details: hideSecrets(describe(error, attempt), attempt.object) };
}

function describe(error: unknown, { verb, object }: Attempt): string {
  if (error instanceof UnsupportedError) return error.message;
  const subject = object.kind === undefined ? verb : `${verb} of ${describeObject(revealObject(object))}`;
  const manager = typeof object.__fieldManager === "string" ? object.__fieldManager : "pulumi-kubernetes";
  if (error instanceof ApiError && conflictingManagers(error).length > 0)
    return `${subject} failed: ${describeConflict(error, manager)}`;
  if (error instanceof ApiError || error instanceof NoMatchError)
    return `${subject} failed: ${error.message}${hint(error)}`;
  return error instanceof Error ? error.message : String(error);
}

function hint(error: Error): string {
  if (!(error instanceof ApiError) || error.reason !== "AlreadyExists") return "";
  return (
    "\nhint: the object is in the cluster but not in this stack: adopt it with `pulumi import`, or let the provider " +
    "take over what exists with upsertExistingObjects"
  );
}

/** Short texts stay: cutting every "a" out of a message would leave nothing of it. */
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
