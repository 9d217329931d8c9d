#!/usr/bin/env bash
# Pulumi's Automation API, inline programs in Node.js: after a late error, `up` deletes resources that the program
# had not registered yet.
#
# Software:  github.com/pulumi/pulumi/pkg/v3 (cmd/pulumi) v3.246.0, @pulumi/pulumi 3.248.0 (npm), a file backend.
# Expected:  a program with a rejected promise fails like one that throws: the run stops, and the stack keeps its
#            resources.
# Behavior:  only a program that throws does so. If a promise that nobody awaits is rejected (in `apply`, or an input
#            of another resource), the language server inside the program's process collects the error, waits for
#            pending registrations, tells the engine that the program has ended, and only then returns the error.
#            Meanwhile the engine deletes all resources that this run has not registered: `up()` rejects, and the
#            resource behind the rejected promise is gone. The CLI's own Node.js host ends the process with the error
#            instead, and nothing is deleted.
# Seen:      before "a b", thrown "a b", rejected "a"; `up()` rejects both times.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
# not `go install`: the module has a `replace` directive
mkdir cli
(cd cli && go mod init cli && go get github.com/pulumi/pulumi/pkg/v3@v3.246.0 &&
  GOFLAGS=-mod=mod go build -ldflags "-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.246.0" \
    -o "$work/bin/pulumi" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi) >/dev/null 2>&1
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @pulumi/pulumi@3.248.0 >/dev/null
cat >program.js <<'JS'
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");

class Part extends pulumi.ComponentResource {
  constructor(name) {
    super("example:index:Part", name);
  }
}

let before = async () => undefined;
const program = async () => {
  new Part("a");
  await before();
  new Part("b");
};
/** A program in which the value that another resource waits for is rejected. */
const late = async () => {
  new Part("a");
  const missing = Promise.reject(new Error("no value"));
  pulumi.output(missing).apply(() => new Part("b"));
};

async function parts(stack) {
  const { deployment } = await stack.exportStack();
  const found = (deployment.resources ?? []).filter(({ type }) => type === "example:index:Part");
  return found.map(({ urn }) => urn.split("::").at(-1)).sort().join(" ");
}

async function fails(stack) {
  try {
    await stack.up();
    return "succeeds";
  } catch {
    return "fails";
  }
}

(async () => {
  const at = (run) => LocalWorkspace.createOrSelectStack({ stackName: "dev", projectName: "late", program: run });
  await (await at(program)).up();
  console.log("before:", await parts(await at(program)));
  before = async () => {
    throw new Error("no value");
  };
  console.log("thrown:", await fails(await at(program)), await parts(await at(program)));
  console.log("rejected:", await fails(await at(late)), await parts(await at(late)));
})();
JS
mkdir state
export PATH="$work/bin:$PATH" PULUMI_HOME="$work/home" PULUMI_BACKEND_URL="file://$work/state"
export PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
seen=$(node program.js)
echo "$seen"
expected=$'before: a b\nthrown: fails a b\nrejected: fails a'
if [ "$seen" != "$expected" ]; then
  echo "changed: expected"$'\n'"$expected" >&2
  exit 1
fi
