import type { RoutePolicyKind } from "../../kinds/kinds.js";
import { isDeferred } from "../../model/deferred.js";
import type { PoliciesByKind } from "./effective-policies.js";

/** A header that a policy writes into requests after their route is chosen. */
export interface LaterHeader {
  /** In lower case. */
  readonly header: string;
  readonly kind: RoutePolicyKind;
  readonly policy: string;
  /** The field that names it. */
  readonly field: string;
  /** True if the value says who the caller is. */
  readonly isIdentity: boolean;
}

/**
 * Returns the headers that a route's policies write into its requests. Removing one is no such thing: the matcher then
 * reads what it is meant to, and the backend does not.
 */
export function laterHeaders(policies: PoliciesByKind): readonly LaterHeader[] {
  const { JWTPolicy, ExtAuthPolicy, TransformationPolicy, HeaderManipulationPolicy } = policies;
  const found: (LaterHeader | undefined)[] = [
    ...Object.values(JWTPolicy?.value.providers ?? {}).flatMap(({ claimsToHeaders, outputPayloadToHeader }) => [
      ...claimsToHeaders.map(({ header }) => later("JWTPolicy", JWTPolicy, "claimsToHeaders", header)),
      later("JWTPolicy", JWTPolicy, "outputPayloadToHeader", outputPayloadToHeader),
    ]),
    ...(ExtAuthPolicy?.value.http?.allowedUpstreamHeaders ?? []).map((header) =>
      later("ExtAuthPolicy", ExtAuthPolicy, "allowedUpstreamHeaders", header),
    ),
    ...Object.keys(TransformationPolicy?.value.request?.headers ?? {}).map((header) =>
      later("TransformationPolicy", TransformationPolicy, "request.headers", header),
    ),
    ...Object.keys(HeaderManipulationPolicy?.value.request.set ?? {}).map((header) =>
      later("HeaderManipulationPolicy", HeaderManipulationPolicy, "setRequestHeaders", header),
    ),
    ...Object.keys(HeaderManipulationPolicy?.value.request.append ?? {}).map((header) =>
      later("HeaderManipulationPolicy", HeaderManipulationPolicy, "appendRequestHeaders", header),
    ),
  ];
  return found.filter((each) => each !== undefined);
}

function later(
  kind: RoutePolicyKind,
  policy: { readonly name: string } | undefined,
  field: string,
  header: string | undefined,
): LaterHeader | undefined {
  if (policy === undefined || header === undefined || isDeferred(header)) return undefined;
  const isIdentity = kind === "JWTPolicy" || kind === "ExtAuthPolicy";
  return { header: header.toLowerCase(), kind, policy: policy.name, field, isIdentity };
}
