/** Real API servers with Istio's CRDs accept every object of every golden case, with strict field validation. */
import assert from "node:assert/strict";
import type { KubeObject } from "../../sdk/nodejs/src/kube/object.js";
import { isGuardObject } from "../../sdk/nodejs/src/render/admission/render.js";
import { goldenCases, runCase } from "../support/golden-case.js";
import { PLURALS } from "../support/istio-kinds.js";

type Lab = import("../lab/start-lab.js", { with: { "resolution-mode": "import" }}).Lab;

const AT_ONCE = 16;

/** A policy with a field that VirtualServices don't have. */
const MISSPELT: KubeObject = {
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingAdmissionPolicy",
  metadata: { name: "misspelt", labels: {} },
  spec: {
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: ["networking.istio.io"],
          apiVersions: ["v1"],
          resources: ["virtualservices"],
          operations: ["CREATE"],
        },
      ],
    },
    validations: [{ expression: "object.spec.hostz.size() == 0" }],
  },
};

type Apply = (path: string, object: unknown, more?: string) => Promise<unknown>;

describe("golden objects", function () {
  // the first run on a machine builds the lab
  this.timeout(15 * 60_000);
  let lab: Lab;
  let apply: Apply;

  before(async () => {
    const { startLab } = await import("../lab/start-lab.js");
    const { kubeRequest } = await import("../lab/cluster/kube-request.js");
    lab = await startLab({ clusters: ["goldens"] });
    const config = lab.client("goldens");
    apply = (path, body, more = "") =>
      kubeRequest(config, {
        method: "PATCH",
        path: `${path}?fieldManager=goldens&force=true&fieldValidation=Strict${more}`,
        contentType: "application/apply-patch+yaml",
        body,
      });
  });

  after(() => lab?.stop());

  it("are accepted by a Kubernetes API server", async () => {
    const objects = goldenCases().flatMap((name) => runCase(name).objects.map(({ object }) => ({ name, object })));
    const namespaces = new Set(objects.map(({ object }) => object.metadata.namespace));
    await inTurns(
      [...namespaces].filter((name) => name !== undefined),
      (name) => apply(`/api/v1/namespaces/${name}`, { apiVersion: "v1", kind: "Namespace", metadata: { name } }),
    );
    const refused: string[] = [];
    await inTurns(objects, ({ name, object }) =>
      apply(pathOf(object), object, "&dryRun=All").catch((error: unknown) => refused.push(`${name}: ${error}`)),
    );
    assert.deepEqual(refused, []);
    assert.ok(objects.length > 0);
    console.log(`      ${objects.length} objects accepted`);
  });

  it("contain admission policies that pass type checking", async () => {
    const { typeCheckPolicies } = await import("../lab/cluster/type-checks.js");
    const guards = goldenCases().flatMap((name) =>
      runCase(name)
        .objects.map(({ object }) => object)
        .filter(isGuardObject),
    );
    await inTurns(guards, (object) => apply(pathOf(object), object));
    await apply(pathOf(MISSPELT), MISSPELT);
    const { policies, warnings } = await typeCheckPolicies(lab, "goldens");
    // a wrong one shows that types are checked
    assert.deepEqual([...new Set(warnings.map((each) => each.split(" ")[0]))], [MISSPELT.metadata.name]);
    assert.match(warnings.join("\n"), /undefined field 'hostz'/);
    assert.ok(policies > 1);
  });
});

function pathOf({ apiVersion, kind, metadata }: KubeObject): string {
  const within = metadata.namespace === undefined ? "" : `namespaces/${metadata.namespace}/`;
  return `/apis/${apiVersion}/${within}${PLURALS[kind]}/${metadata.name}`;
}

/** Runs the work for each item with limited concurrency. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
