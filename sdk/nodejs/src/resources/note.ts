import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { wayIn, wayOf } from "../kube/way.js";
import type { Annotations, Claim } from "./claim.js";
import { urnOf } from "./engine.js";

/** Record of a resource's objects, kept in its outputs by a run that applied all of them. */
interface Note {
  /** A digest of the objects. */
  readonly digest: string;
  /** The way by which each object was applied, in the order of the objects. */
  readonly ways: readonly string[];
}

/** Returns the note of a resource's applied objects. */
export function noteOf(claims: readonly Claim[], annotations: readonly Annotations[]): string {
  const note: Note = { digest: digestOf(claims), ways: annotations.map((each) => wayOf(each) ?? "") };
  return JSON.stringify(note);
}

/**
 * Returns the ways by which the objects were applied, if the last run applied all of them as they are declared now and
 * the clusters are still reached in the same way; undefined if that is not certain.
 *
 * Saves a preview without changes from reading the stack's state, which takes Pulumi longer than the rest of the
 * preview.
 */
export async function notedWays(claims: readonly Claim[]): Promise<readonly string[] | undefined> {
  const [first] = claims;
  const note = first && (await readNote(first.resource));
  if (note === undefined || note.digest !== digestOf(claims)) return undefined;
  const same = await Promise.all(claims.map((claim, index) => isSameWay(claim, note.ways[index])));
  return same.every((each) => each) ? note.ways : undefined;
}

async function isSameWay({ connection }: Claim, noted: string | undefined): Promise<boolean> {
  const [before, now] = [wayIn(noted), await connection.way()];
  return before !== undefined && before.id === now.id && before.entry === now.entry && now.entry !== "";
}

/** Reads the note of a registered resource: until its outputs of this run arrive, Pulumi returns the last run's. */
async function readNote(resource: pulumi.Resource): Promise<Note | undefined> {
  try {
    const urn = await urnOf(resource);
    const { state } = (await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as {
      readonly state?: { readonly applied?: unknown };
    };
    const note = typeof state?.applied === "string" ? (JSON.parse(state.applied) as Partial<Note> | null) : undefined;
    const { digest, ways } = note ?? {};
    return typeof digest === "string" && Array.isArray(ways) ? { digest, ways } : undefined;
  } catch {
    // the engine lacks this call or does not know the resource: the state has the details
    return undefined;
  }
}

/** Returns a digest of a resource's declared objects; placeholders stand for values from Outputs. */
function digestOf(claims: readonly Claim[]): string {
  const hash = createHash("sha256");
  for (const { childName, object, isListed } of claims) hash.update(JSON.stringify([childName, object, isListed]));
  return hash.digest("hex");
}
