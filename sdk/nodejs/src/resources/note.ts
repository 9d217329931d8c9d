import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { wayIn, wayOf } from "../kube/way.js";
import type { Annotations, Claim } from "./claim.js";
import { urnOf } from "./engine.js";

/** What a run that made all objects of a resource notes of them in the resource's outputs. */
interface Note {
  /** A digest of the objects. */
  readonly digest: string;
  /** By which way each came, in the order of the objects. */
  readonly ways: readonly string[];
}

/** A note of the objects that a resource has got. */
export function noteOf(claims: readonly Claim[], annotations: readonly Annotations[]): string {
  const note: Note = { digest: digestOf(claims), ways: annotations.map((each) => wayOf(each) ?? "") };
  return JSON.stringify(note);
}

/**
 * The ways by which the objects came, where the last run made all of them as they are now declared, and the clusters are reached as they were then;
 * undefined where that is not sure.
 *
 * Spares a preview that changes nothing the stack's state, which takes Pulumi longer to hand out than all the rest of the preview.
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

/** Reads the note of a resource that is registered: until its outputs of this run come, Pulumi has those of the last one. */
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
    // an engine without this call, or one that does not know the resource: the state says more
    return undefined;
  }
}

/** A digest of what a resource declares; placeholders stand for values that come as Outputs. */
function digestOf(claims: readonly Claim[]): string {
  const hash = createHash("sha256");
  for (const { childName, object, isListed } of claims) hash.update(JSON.stringify([childName, object, isListed]));
  return hash.digest("hex");
}
