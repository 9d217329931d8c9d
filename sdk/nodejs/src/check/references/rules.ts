import type { Rule } from "../rule.js";
import { duplicateEntry } from "./duplicate-entry.js";
import { nameFromOutput } from "./name-from-output.js";
import { otherFleet } from "./other-fleet.js";
import { unknownReference } from "./unknown-reference.js";

export const referencesRules: readonly Rule[] = [unknownReference, otherFleet, duplicateEntry, nameFromOutput];
