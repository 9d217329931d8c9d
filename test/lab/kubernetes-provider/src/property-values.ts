import structs from "google-protobuf/google/protobuf/struct_pb";
import { isObject, type Json, type JsonObject } from "./json";

/** Key that marks a special value in Pulumi's wire format (sdk/go/common/resource/sig). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Placeholder for a value that is not known yet: one text per type (sdk/go/common/resource/plugin/rpc.go). */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<Json> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

interface Secret extends JsonObject {
  value: Json;
}

export function isSecret(value: Json | undefined): value is Secret {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

export function isUnknown(value: Json | undefined): boolean {
  return value !== undefined && UNKNOWNS.has(value);
}

/** Marks a value as a secret and removes the markers inside it, which it makes redundant. */
export function toSecret(value: Json): Json {
  return { [SIGNATURE]: SECRET, value: reveal(value) };
}

/** Returns a copy without secret markers, for the API server. */
export function reveal(value: Json): Json {
  if (isSecret(value)) return reveal(value.value ?? null);
  if (Array.isArray(value)) return value.map(reveal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reveal(item)]));
}

export function revealObject(value: JsonObject): JsonObject {
  const revealed = reveal(value);
  return isObject(revealed) ? revealed : {};
}

function some(value: Json, holds: (value: Json) => boolean): boolean {
  if (holds(value)) return true;
  if (Array.isArray(value)) return value.some((item) => some(item, holds));
  return isObject(value) && Object.values(value).some((item) => some(item, holds));
}

export function hasUnknown(value: Json): boolean {
  return some(value, isUnknown);
}

export function hasSecret(value: Json): boolean {
  return some(value, isSecret);
}

/**
 * Returns the plain `value` with a secret marker wherever `like` has one.
 *
 * A list whose length changed is marked as a whole: its members may have moved.
 */
export function markSecretsLike(value: Json, like: Json | undefined): Json {
  if (like === undefined) return value;
  if (isSecret(like)) return toSecret(value);
  if (Array.isArray(value) && Array.isArray(like)) {
    if (value.length === like.length) return value.map((item, index) => markSecretsLike(item, like[index]));
    return hasSecret(like) ? toSecret(value) : value;
  }
  if (!isObject(value) || !isObject(like)) return hasSecret(like) ? toSecret(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, markSecretsLike(item, like[key])]));
}

/** Returns every string and number inside secret markers, which must never appear in a message. */
export function secretTexts(value: Json, inSecret = false): string[] {
  if (isSecret(value)) return secretTexts(value.value, true);
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, inSecret));
  if (isObject(value)) return Object.values(value).flatMap((item) => secretTexts(item, inSecret));
  return inSecret && (typeof value === "string" || typeof value === "number") ? [String(value)] : [];
}

export function fromStruct(struct: structs.Struct | undefined): JsonObject {
  // The generated type of toJavaScript allows any JavaScript value; the wire format only allows JSON.
  return (struct?.toJavaScript() ?? {}) as JsonObject;
}

export function toStruct(value: JsonObject): structs.Struct {
  return structs.Struct.fromJavaScript(value);
}
