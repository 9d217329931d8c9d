/** Step 7 of CONTRIBUTING's recipe for a policy: each kind has a good and a bad case, and acts on real traffic. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isUnsupportedPolicyKind, POLICY_KINDS } from "../../sdk/nodejs/src/kinds/kinds.js";
import { REGISTRY } from "../../sdk/nodejs/src/model/registry.js";
import { CASES, goldenCases } from "../support/golden-case.js";

const TRAFFIC = "test/traffic";

/** Kinds that no title in test/traffic names, and the file that shows how they act. */
const UNTITLED: Readonly<Record<string, string>> = {
  FailoverPolicy: "failover.test.ts",
  OutlierDetectionPolicy: "failover.test.ts",
};

interface GoldenCase {
  readonly sections: ReadonlySet<string>;
  readonly findings: string;
  readonly isRendered: boolean;
}

function readCase(name: string): GoldenCase {
  const read = (file: string): string => {
    const path = join(CASES, name, file);
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  };
  return {
    sections: new Set(Object.keys(sectionsIn(read("in.yaml")))),
    findings: read("diagnostics.txt"),
    isRendered: read("istio.yaml") !== "",
  };
}

/** The sections of a model file; some cases are about files that can't be read. */
function sectionsIn(text: string): object {
  try {
    const parsed: unknown = parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** The tests of traffic and their suites, without the programs that they run. */
function trafficTests(): readonly string[] {
  return readdirSync(TRAFFIC, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("programs/"),
  );
}

function hasTitleWith(kind: string, file: string): boolean {
  return new RegExp(`\\b(?:describe|it)\\("[^"]*\\b${kind}\\b`).test(readFileSync(join(TRAFFIC, file), "utf8"));
}

describe("policies", () => {
  const cases = goldenCases().map(readCase);
  const files = trafficTests();

  for (const kind of POLICY_KINDS.filter((each) => !isUnsupportedPolicyKind(each))) {
    const { section } = REGISTRY[kind];

    it(`${kind} has a golden case that is accepted and rendered`, () => {
      const good = cases.filter(
        ({ sections, findings, isRendered }) => sections.has(section) && isRendered && !findings.includes("error["),
      );
      assert.ok(good.length > 0, `step 7: no case in test/golden/cases with \`${section}\` is rendered without errors`);
    });

    it(`${kind} has a golden case in which one is refused`, () => {
      const place = new RegExp(`^error\\[.*\\n {2}at ${kind} `, "m");
      const bad = cases.filter(({ findings }) => place.test(findings));
      assert.ok(bad.length > 0, `step 7: no case in test/golden/cases has an error at a ${kind}`);
    });

    it(`${kind} acts on real traffic`, () => {
      const untitled = UNTITLED[kind];
      const found = untitled === undefined ? files.filter((file) => hasTitleWith(kind, file)) : [untitled];
      assert.ok(found.length > 0, `step 7: no suite or test in ${TRAFFIC} has ${kind} in its title`);
      for (const file of found) assert.ok(existsSync(join(TRAFFIC, file)), file);
    });
  }
});
