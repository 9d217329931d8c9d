/** What the lab is made of: programs built from Go modules and CRD files read out of Go modules. */

/** One program built from one pinned Go module under `test/lab/tools/`. */
export interface GoProgram {
  readonly binary: string;
  /** Folder below `test/lab/tools/` whose go.mod and go.sum pin every version. */
  readonly module: string;
  readonly package: string;
  /** Go variables set at link time; `VERSION` stands for the required version of `versionOf`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Module whose version in go.mod is the version of this program. */
  readonly versionOf: string;
}

/** Programs that are found, built and published together. */
export interface ProgramPart {
  readonly kind: "programs";
  readonly id: string;
  readonly title: string;
  readonly programs: readonly GoProgram[];
  /** Asks the first program for its version, and the oldest version that the lab accepts from PATH. */
  readonly versionArgs: readonly string[];
  readonly oldestAccepted: string;
}

/** Manifests copied out of a Go module. */
export interface ManifestPart {
  readonly kind: "manifests";
  readonly id: string;
  readonly title: string;
  readonly module: string;
  readonly versionOf: string;
  /** Files, or folders whose `.yaml` files are all taken, relative to the module's root. */
  readonly paths: readonly string[];
}

export type Part = ProgramPart | ManifestPart;

// The API server reports these from /version, and clients branch on them.
const KUBERNETES_VERSION = "k8s.io/component-base/version";
const PULUMI_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The slowest first: builds start in this order. */
export const PARTS: readonly Part[] = [
  {
    kind: "programs",
    id: "kube-apiserver",
    title: "Kubernetes API server",
    programs: [
      {
        binary: "kube-apiserver",
        module: "kubernetes",
        package: "k8s.io/kubernetes/cmd/kube-apiserver",
        variables: {
          [`${KUBERNETES_VERSION}.gitVersion`]: "VERSION",
          [`${KUBERNETES_VERSION}.gitMajor`]: "MAJOR",
          [`${KUBERNETES_VERSION}.gitMinor`]: "MINOR",
        },
        versionOf: "k8s.io/kubernetes",
      },
    ],
    versionArgs: ["--version"],
    oldestAccepted: "1.30.0",
  },
  {
    kind: "programs",
    id: "pulumi",
    title: "Pulumi CLI and its Node.js language host",
    // One folder for both: the CLI warns about a language host that is not its neighbour.
    programs: [
      {
        binary: "pulumi",
        module: "pulumi",
        package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
        variables: { [PULUMI_VERSION]: "VERSION" },
        versionOf: "github.com/pulumi/pulumi/pkg/v3",
      },
      {
        binary: "pulumi-language-nodejs",
        module: "pulumi-language-nodejs",
        package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
        variables: { [PULUMI_VERSION]: "VERSION" },
        versionOf: "github.com/pulumi/pulumi/sdk/v3",
      },
    ],
    versionArgs: ["version"],
    oldestAccepted: "3.200.0",
  },
  {
    kind: "programs",
    id: "etcd",
    title: "etcd",
    programs: [
      {
        binary: "etcd",
        module: "etcd",
        package: "go.etcd.io/etcd/server/v3",
        variables: {},
        versionOf: "go.etcd.io/etcd/server/v3",
      },
    ],
    versionArgs: ["--version"],
    oldestAccepted: "3.5.11",
  },
  {
    kind: "manifests",
    id: "istio-crds",
    title: "Istio CRDs",
    module: "istio-crds",
    versionOf: "istio.io/istio",
    paths: ["manifests/charts/base/files/crd-all.gen.yaml"],
  },
  {
    kind: "manifests",
    id: "gateway-api-crds",
    title: "Gateway API CRDs",
    module: "gateway-api-crds",
    versionOf: "sigs.k8s.io/gateway-api",
    // The standard channel is what clusters usually run: stricter than the experimental one.
    paths: ["config/crd/standard"],
  },
];
