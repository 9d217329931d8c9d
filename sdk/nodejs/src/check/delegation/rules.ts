import type { Rule } from "../rule.js";
import { delegatedConditions } from "./delegated-conditions.js";
import { delegatedTablesRule } from "./delegated-tables.js";
import { delegationCycle } from "./delegation-cycle.js";
import { incompleteRootTable } from "./incomplete-root-table.js";
import { repeatedPrefix } from "./repeated-prefix.js";
import { unservedTable } from "./unserved-table.js";

export const delegationRules: readonly Rule[] = [
  delegationCycle,
  delegatedConditions,
  delegatedTablesRule,
  incompleteRootTable,
  repeatedPrefix,
  unservedTable,
];
