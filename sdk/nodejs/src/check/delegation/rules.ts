import type { Rule } from "../rule.js";
import { delegatedConditions } from "./delegated-conditions.js";
import { delegatedTablesFit } from "./delegated-tables.js";
import { delegationCycle } from "./delegation-cycle.js";
import { halfARoot } from "./incomplete-root-table.js";
import { unservedTable } from "./unserved-table.js";

export const delegationRules: readonly Rule[] = [
  delegationCycle,
  delegatedConditions,
  delegatedTablesFit,
  halfARoot,
  unservedTable,
];
