/** What Envoy does with the tokens of a request (source/extensions/filters/http/jwt_authn, and rbac for what they say). */
import { JWTValidationPolicy } from "../args/jwt-policy.js";
import { isDeferred } from "../model/deferred.js";
import { parseJwks } from "../model/jwks.js";
import type { ClaimRule, JWTProvider } from "../model/jwt-policy.js";
import type { AppliedPolicy } from "../plan/planned-route-policies.js";
import type { ChangedHeaders } from "./changed-headers.js";
import type { Incoming } from "./incoming.js";
import { type Fields, type Jwt, parseJwt, type Reason, whyNotSigned } from "./jwt.js";

type Policy = AppliedPolicy<"JWTPolicy">["value"];

/** What becomes of a request: refused, passed on, or not to be told because a value is not known yet. */
export type TokenVerdict =
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly body: string }
  | { readonly kind: "passed" }
  | { readonly kind: "notKnownYet" };

const MISSING: Reason = "Jwt is missing";
const UNKNOWN_ISSUER: Reason = "Jwt issuer is not configured";
const WRONG_AUDIENCE: Reason = "Audiences in Jwt are not allowed";

/** Looks at the tokens of a request as its route's policy asks for, and changes its headers. */
export function judgeTokens(policy: Policy, request: Incoming, headers: ChangedHeaders): TokenVerdict {
  if (!isKnown(policy) && !isSurelyMissing(policy, request, headers)) return { kind: "notKnownYet" };
  sanitize(policy, headers);
  const reasons: Reason[] = [];
  for (const provider of Object.values(policy.providers)) {
    const found = verify(provider, request, headers);
    if (typeof found !== "string") return judgeClaims(policy, found.at(-1)?.payload ?? {});
    reasons.push(found);
  }
  return judgeFailure(policy.validationPolicy as JWTValidationPolicy, reasons);
}

/** Whether all is known that decides; how a server is asked for keys does not. */
function isKnown(policy: Policy): boolean {
  const providers = Object.values(policy.providers).map(({ keys, ...rest }) => ({
    ...rest,
    ...(keys.kind === "local" && { keys }),
  }));
  return !isDeferred(JSON.stringify({ ...policy, providers }));
}

/** Whether a request has no token, so that keys and issuers, which may be secret, don't matter. */
function isSurelyMissing({ providers, validationPolicy }: Policy, request: Incoming, headers: ChangedHeaders): boolean {
  const all = Object.values(providers);
  const written = all.map(({ tokenSource, claimsToHeaders, outputPayloadToHeader }) => [
    tokenSource,
    claimsToHeaders,
    outputPayloadToHeader,
  ]);
  return (
    !isDeferred(JSON.stringify([written, validationPolicy])) &&
    all.every((provider) => extract(provider, request, headers).length === 0)
  );
}

/** Takes away what clients send in headers that the gateway writes, whichever provider's token they have. */
function sanitize({ providers }: Policy, headers: ChangedHeaders): void {
  for (const { claimsToHeaders, outputPayloadToHeader } of Object.values(providers)) {
    for (const { header } of claimsToHeaders) headers.remove(header);
    if (outputPayloadToHeader !== undefined) headers.remove(outputPayloadToHeader);
  }
}

/** The tokens of a request, all of them valid, or why one is not. Envoy: AuthenticatorImpl. */
function verify(provider: JWTProvider, request: Incoming, headers: ChangedHeaders): readonly Jwt[] | Reason {
  const tokens = extract(provider, request, headers);
  if (tokens.length === 0) return MISSING;
  const verified: Jwt[] = [];
  for (const { text, header } of tokens.toReversed()) {
    const jwt = parseJwt(text);
    if (typeof jwt === "string") return jwt;
    const reason = whyNotValid(jwt, provider, Math.floor(request.time));
    if (reason !== undefined) return reason;
    carryOn(jwt, provider, headers);
    if (provider.keepToken !== true && header !== undefined) headers.remove(header);
    verified.push(jwt);
  }
  return verified;
}

interface Token {
  readonly text: string;
  /** Header that holds it; absent for one of the query. */
  readonly header?: string;
}

/** Envoy: ExtractorImpl::extract. Headers in the order of their names and prefixes, then parameters. */
function extract({ tokenSource }: JWTProvider, request: Incoming, headers: ChangedHeaders): readonly Token[] {
  const sources = new Map(tokenSource.headers.map((source) => [source.name + source.prefix, source]));
  const inHeaders = inOrder([...sources.keys()]).flatMap((key) => {
    const { name, prefix } = sources.get(key) ?? { name: "", prefix: "" };
    return headers.get(name).flatMap((value): Token[] => {
      const at = value.indexOf(prefix);
      return at < 0 ? [] : [{ text: prefix === "" ? value : afterPrefix(value, at + prefix.length), header: name }];
    });
  });
  const inQuery = inOrder([...new Set(tokenSource.queryParams)]).flatMap((name) => {
    const value = decodedParameters(request).get(name);
    return value === undefined ? [] : [{ text: value }];
  });
  return [...inHeaders, ...inQuery];
}

function inOrder(names: readonly string[]): readonly string[] {
  return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** Envoy: ExtractorImpl::extractJWT. What no token begins with is passed over. */
function afterPrefix(value: string, after: number): string {
  const start = value.slice(after).search(/[A-Za-z0-9_.-]/);
  return start < 0 ? value : value.slice(after + start);
}

/** Envoy: QueryParamsMulti::parseAndDecodeQueryString. The first of a name counts. */
function decodedParameters({ parameters }: Incoming): ReadonlyMap<string, string> {
  const decoded = new Map<string, string>();
  for (const [name, value] of parameters)
    if (!decoded.has(unescaped(name))) decoded.set(unescaped(name), unescaped(value));
  return decoded;
}

function unescaped(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Why a token is not valid; one that fits otherwise counts as signed by a key that a server has. */
function whyNotValid(jwt: Jwt, provider: JWTProvider, now: number): Reason | undefined {
  const skew = Number(provider.clockSkewSeconds);
  if (provider.issuer !== undefined && provider.issuer !== jwt.issuer) return UNKNOWN_ISSUER;
  if (now + skew < jwt.notBefore) return "Jwt not yet valid";
  if (jwt.expires > 0 && now > jwt.expires + skew) return "Jwt is expired";
  const allowed = new Set(provider.audiences.map(bareAudience));
  if (allowed.size > 0 && !jwt.audiences.some((each) => allowed.has(bareAudience(each)))) return WRONG_AUDIENCE;
  // what a server has for keys is not known here
  if (provider.keys.kind === "remote") return undefined;
  const keys = parseJwks(provider.keys.inline);
  return whyNotSigned(jwt, "problem" in keys ? [] : keys.keys);
}

/** Envoy: CheckAudience, sanitizeAudience (source/common/jwt/check_audience.cc). */
function bareAudience(audience: string): string {
  return audience.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

/** Writes what the token says into headers. Envoy: AuthenticatorImpl::handleGoodJwt. */
function carryOn(jwt: Jwt, { claimsToHeaders, outputPayloadToHeader }: JWTProvider, headers: ChangedHeaders): void {
  if (outputPayloadToHeader !== undefined) headers.add(outputPayloadToHeader, jwt.encodedPayload);
  for (const { claim, header } of claimsToHeaders) {
    const text = claimText(valueAt(jwt.payload, claim.split(".")));
    if (text !== "") headers.add(header, text);
  }
}

function claimText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? String(value) : value.toFixed(6);
  return value === undefined || value === null ? "" : Buffer.from(JSON.stringify(value)).toString("base64");
}

function valueAt(fields: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, name) =>
      typeof inside === "object" && inside !== null && !Array.isArray(inside) && Object.hasOwn(inside, name)
        ? (inside as Fields)[name]
        : undefined,
    fields,
  );
}

/** The last reason is told; that a token is of somebody else only where nothing else is wrong, and that there is none where there is none for any. Envoy: AnyVerifierImpl::onComplete. */
function judgeFailure(mode: JWTValidationPolicy, reasons: readonly Reason[]): TokenVerdict {
  const isMissing = reasons.every((reason) => reason === MISSING);
  if (mode === JWTValidationPolicy.AllowMissingOrFailed || (mode === JWTValidationPolicy.AllowMissing && isMissing))
    return { kind: "passed" };
  const body =
    reasons.findLast((reason) => reason !== MISSING && reason !== UNKNOWN_ISSUER) ??
    (isMissing ? MISSING : UNKNOWN_ISSUER);
  return { kind: "refused", status: body === WRONG_AUDIENCE ? 403 : 401, body };
}

function judgeClaims({ claims, requiredScopes }: Policy, payload: Fields): TokenVerdict {
  const scope = payload["scope"];
  const said = typeof scope === "string" ? { ...payload, scope: scope.split(" ") } : payload;
  const isMet =
    claims.every((claim) => meets(claim, said)) && requiredScopes.every((each) => holds(said["scope"], [each]));
  return isMet ? { kind: "passed" } : { kind: "refused", status: 403, body: "RBAC: access denied" };
}

function meets({ key, nestedClaimDelimiter: delimiter, values, notValues }: ClaimRule, payload: Fields): boolean {
  const found = valueAt(payload, delimiter === undefined ? [key] : key.split(delimiter));
  return (values === undefined || holds(found, values)) && !holds(found, notValues);
}

/** Whether a claim has one of the values, by itself or in a list. */
function holds(found: unknown, values: readonly string[]): boolean {
  return (Array.isArray(found) ? found : [found]).some((each) => {
    if (typeof each === "string" || typeof each === "boolean") return values.includes(String(each));
    return (
      typeof each === "number" && values.some((value) => String(Number(value)) === value && Number(value) === each)
    );
  });
}
