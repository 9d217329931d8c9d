import { isObject, type Json, type JsonObject, objectAt, stringAt } from "./json";

/** A refusal of the API server, with its Status object. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: JsonObject;

  constructor(code: number, body: Json | undefined) {
    super(stringAt(body, "message") || `the API server answered ${code}${typeof body === "string" ? `: ${body}` : ""}`);
    this.code = code;
    this.reason = stringAt(body, "reason");
    this.details = objectAt(body, "details");
  }

  /** One entry per conflicting field: the message about its manager, and the field. */
  get causes(): { readonly reason: string; readonly message: string; readonly field: string }[] {
    const causes = Array.isArray(this.details.causes) ? this.details.causes : [];
    return causes.filter(isObject).map((cause) => ({
      reason: stringAt(cause, "reason"),
      message: stringAt(cause, "message"),
      field: stringAt(cause, "field"),
    }));
  }
}

/** No response: nothing listens, the name is unknown, the certificate is wrong, or the kubeconfig can't be used. */
export class ClusterUnreachableError extends Error {
  constructor(reason: string) {
    super(`configured Kubernetes cluster is unreachable: ${reason}`);
  }
}

/** The API server doesn't serve the kind: most often its CustomResourceDefinition isn't installed. */
export class NoMatchError extends Error {
  constructor(
    readonly apiVersion: string,
    readonly kind: string,
  ) {
    super(
      `no matches for kind "${kind}" in version "${apiVersion}": the CustomResourceDefinition (CRD) of ${kind} ` +
        "isn't installed, or doesn't serve this version. Verify that any required CRDs have been created",
    );
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}

export function isAlreadyExists(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "AlreadyExists";
}

/** Returns true if the object's namespace is missing: "namespaces "x" not found". */
export function isNamespaceMissing(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404 && error.details.kind === "namespaces";
}

/** Returns the managers named in the field conflicts of a server-side apply; empty for other errors. */
export function conflictingManagers(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.code !== 409) return [];
  return error.causes
    .filter((cause) => cause.reason === "FieldManagerConflict")
    .map((cause) => /conflict with "((?:[^"\\]|\\.)*)"/.exec(cause.message)?.[1] ?? "");
}

/** Returns the text of a field conflict: which manager owns which field, and the possible remedies. */
export function describeConflict(error: ApiError, fieldManager: string): string {
  const fields = error.causes.map((cause) => `  ${cause.field}: ${cause.message}`);
  return [
    `server-side apply field conflict: the resource managed by field manager "${fieldManager}" ` +
      `had an apply conflict: ${error.message}`,
    ...fields,
    'hint: leave these fields to their manager, or take them over with the annotation "pulumi.com/patchForce": "true"',
  ].join("\n");
}
