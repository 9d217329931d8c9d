/** JWT verification as Envoy does it (source/extensions/filters/http/jwt_authn, and rbac for claim rules). */
import { JWTValidationPolicy } from "../args/jwt-policy.js";
import { claimPath } from "../model/claim-match.js";
import { isDeferred } from "../model/deferred.js";
import { parseJwks } from "../model/jwks.js";
import type { ClaimRule, JWTProvider } from "../model/jwt-policy.js";
import type { AppliedPolicy } from "../plan/planned-route-policies.js";
import { ChangedHeaders } from "./changed-headers.js";
import type { Incoming } from "./incoming.js";
import { claimAt, type Fields, type Jwt, parseJwt, type Reason, signatureFailure } from "./jwt.js";

type Policy = AppliedPolicy<"JWTPolicy">["value"];

/** The outcome for a request: refused, passed on, or undecided because a value is not known yet. */
export type TokenVerdict =
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly body: string }
  /** With the claims of the last token that was verified; absent where none was. */
  | { readonly kind: "passed"; readonly claims?: Fields }
  | { readonly kind: "notKnownYet" };

const MISSING: Reason = "Jwt is missing";
const UNKNOWN_ISSUER: Reason = "Jwt issuer is not configured";
const WRONG_AUDIENCE: Reason = "Audiences in Jwt are not allowed";

/** Verifies the tokens of a request as its route's policy requires, and changes its headers. */
export function judgeTokens(policy: Policy, request: Incoming, headers: ChangedHeaders): TokenVerdict {
  if (!isKnown(policy) && !isSurelyMissing(policy, request, headers)) return { kind: "notKnownYet" };
  sanitize(policy, headers);
  const reasons: Reason[] = [];
  for (const provider of Object.values(policy.providers)) {
    const found = verify(provider, request, headers);
    if (typeof found !== "string") return judgeClaims(policy, listedScopes(found.at(-1)?.payload ?? {}));
    reasons.push(found);
  }
  return judgeFailure(policy.validationPolicy as JWTValidationPolicy, reasons);
}

/** Returns the claims by which routes are chosen again once the tokens of a request are verified. */
export function verifiedClaims(policy: Policy, request: Incoming): Fields | undefined {
  const verdict = judgeTokens(policy, request, new ChangedHeaders(request));
  return verdict.kind === "passed" ? verdict.claims : undefined;
}

/** Takes `scope` apart (`normalize_payload_in_metadata`). */
function listedScopes(payload: Fields): Fields {
  const scope = payload["scope"];
  return typeof scope === "string" ? { ...payload, scope: scope.split(" ") } : payload;
}

/** Reports whether everything that decides is known; the settings for fetching remote keys do not. */
function isKnown(policy: Policy): boolean {
  const providers = Object.values(policy.providers).map(({ keys, ...rest }) => ({
    ...rest,
    ...(keys.kind === "local" && { keys }),
  }));
  return !isDeferred(JSON.stringify({ ...policy, providers }));
}

/** Reports whether a request surely has no token, so that keys and issuers, which may be secret, don't matter. */
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

/** Removes headers that the gateway writes from the client's request, whichever provider the token is for. */
function sanitize({ providers }: Policy, headers: ChangedHeaders): void {
  for (const { claimsToHeaders, outputPayloadToHeader } of Object.values(providers)) {
    for (const { header } of claimsToHeaders) headers.remove(header);
    if (outputPayloadToHeader !== undefined) headers.remove(outputPayloadToHeader);
  }
}

/** Returns the tokens of a request if all are valid, otherwise the reason why one is not. Envoy: AuthenticatorImpl. */
function verify(provider: JWTProvider, request: Incoming, headers: ChangedHeaders): readonly Jwt[] | Reason {
  const tokens = extract(provider, request, headers);
  if (tokens.length === 0) return MISSING;
  const verified: Jwt[] = [];
  for (const { text, header } of tokens.toReversed()) {
    const jwt = parseJwt(text);
    if (typeof jwt === "string") return jwt;
    const reason = invalidReason(jwt, provider, Math.floor(request.time));
    if (reason !== undefined) return reason;
    writeClaims(jwt, provider, headers);
    if (provider.keepToken !== true && header !== undefined) headers.remove(header);
    verified.push(jwt);
  }
  return verified;
}

interface Token {
  readonly text: string;
  /** Header that carries it; absent for a query parameter. */
  readonly header?: string;
}

/** Envoy: ExtractorImpl::extract. Headers ordered by name and prefix, then parameters. */
function extract({ tokenSource }: JWTProvider, request: Incoming, headers: ChangedHeaders): readonly Token[] {
  const sources = new Map(tokenSource.headers.map((source) => [source.name + source.prefix, source]));
  const inHeaders = inOrder([...sources.keys()]).flatMap((key) => {
    const { name, prefix } = sources.get(key) ?? { name: "", prefix: "" };
    return headers.get(name).flatMap((value): Token[] => {
      const at = value.indexOf(prefix);
      return at < 0
        ? []
        : [{ text: prefix === "" ? value : tokenAfterPrefix(value, at + prefix.length), header: name }];
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

/** Envoy: ExtractorImpl::extractJWT. Skips characters that can't start a token. */
function tokenAfterPrefix(value: string, after: number): string {
  const start = value.slice(after).search(/[A-Za-z0-9_.-]/);
  return start < 0 ? value : value.slice(after + start);
}

/** Envoy: QueryParamsMulti::parseAndDecodeQueryString. The first one of a name counts. */
function decodedParameters({ parameters }: Incoming): ReadonlyMap<string, string> {
  const decoded = new Map<string, string>();
  for (const [name, value] of parameters)
    if (!decoded.has(unescaped(name))) decoded.set(unescaped(name), unescaped(value));
  return decoded;
}

function unescaped(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Returns why a token is invalid. With remote keys, an otherwise valid token counts as signed. */
function invalidReason(jwt: Jwt, provider: JWTProvider, now: number): Reason | undefined {
  const skew = Number(provider.clockSkewSeconds);
  if (provider.issuer !== undefined && provider.issuer !== jwt.issuer) return UNKNOWN_ISSUER;
  if (now + skew < jwt.notBefore) return "Jwt not yet valid";
  if (jwt.expires > 0 && now > jwt.expires + skew) return "Jwt is expired";
  const allowed = new Set(provider.audiences.map(bareAudience));
  if (allowed.size > 0 && !jwt.audiences.some((each) => allowed.has(bareAudience(each)))) return WRONG_AUDIENCE;
  // the keys of a remote server are unknown here
  if (provider.keys.kind === "remote") return undefined;
  const keys = parseJwks(provider.keys.inline);
  return signatureFailure(jwt, "problem" in keys ? [] : keys.keys);
}

/** Envoy: CheckAudience, sanitizeAudience (source/common/jwt/check_audience.cc). */
function bareAudience(audience: string): string {
  return audience.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

/** Writes claims and payload into headers. Envoy: AuthenticatorImpl::handleGoodJwt. */
function writeClaims(jwt: Jwt, { claimsToHeaders, outputPayloadToHeader }: JWTProvider, headers: ChangedHeaders): void {
  if (outputPayloadToHeader !== undefined) headers.add(outputPayloadToHeader, jwt.encodedPayload);
  for (const { claim, header } of claimsToHeaders) {
    const text = claimText(claimAt(jwt.payload, claim.split(".")));
    if (text !== "") headers.add(header, text);
  }
}

function claimText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? String(value) : value.toFixed(6);
  return value === undefined || value === null ? "" : Buffer.from(JSON.stringify(value)).toString("base64");
}

/**
 * Reports the last reason; an unknown issuer only if nothing else is wrong, and a missing token only if every provider
 * misses one. Envoy: AnyVerifierImpl::onComplete.
 */
function judgeFailure(mode: JWTValidationPolicy, reasons: readonly Reason[]): TokenVerdict {
  const isMissing = reasons.every((reason) => reason === MISSING);
  if (mode === JWTValidationPolicy.AllowMissingOrFailed || (mode === JWTValidationPolicy.AllowMissing && isMissing))
    return { kind: "passed" };
  const body =
    reasons.findLast((reason) => reason !== MISSING && reason !== UNKNOWN_ISSUER) ??
    (isMissing ? MISSING : UNKNOWN_ISSUER);
  return { kind: "refused", status: body === WRONG_AUDIENCE ? 403 : 401, body };
}

function judgeClaims({ claims: rules, requiredScopes }: Policy, claims: Fields): TokenVerdict {
  const isMet =
    rules.every((rule) => meets(rule, claims)) && requiredScopes.every((each) => holds(claims["scope"], [each]));
  return isMet ? { kind: "passed", claims } : { kind: "refused", status: 403, body: "RBAC: access denied" };
}

function meets(rule: ClaimRule, claims: Fields): boolean {
  const found = claimAt(claims, claimPath(rule));
  return (rule.values === undefined || holds(found, rule.values)) && !holds(found, rule.notValues);
}

/** Reports whether a claim has one of the values, on its own or in a list. */
function holds(found: unknown, values: readonly string[]): boolean {
  return (Array.isArray(found) ? found : [found]).some((each) => {
    if (typeof each === "string" || typeof each === "boolean") return values.includes(String(each));
    return (
      typeof each === "number" && values.some((value) => String(Number(value)) === value && Number(value) === each)
    );
  });
}
