import assert from "node:assert/strict";
import { OBJECTS } from "./example.js";
import type { Setting } from "./lab.js";

/** The uids of both clusters' objects. */
export async function allUids({ east, west }: Setting): Promise<Record<string, string | undefined>[]> {
  return [await east.uids(), await west.uids()];
}

/** Holds that both clusters have all objects of the example, and no others. */
export async function assertWhole({ east, west }: Setting): Promise<void> {
  assert.deepEqual([await east.objects(), await west.objects()], [OBJECTS.east, OBJECTS.west]);
}
