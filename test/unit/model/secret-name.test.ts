import assert from "node:assert/strict";
import { Findings } from "../../../sdk/nodejs/src/diagnostics/report.js";
import { type Kind, parseResource } from "../../../sdk/nodejs/src/model/model.js";

type Place = readonly [kind: Kind, args: (name: string) => object];

/** Everything that names a Secret. */
const PLACES: readonly Place[] = [
  ["ClientTLSPolicy", (credentialName) => ({ simple: { credentialName } })],
  ["ClientTLSPolicy", (credentialName) => ({ mutual: { credentialName } })],
  [
    "ExternalService",
    (credentialName) => ({
      fleet: "prod",
      namespace: "apps",
      hosts: ["a.example.org"],
      ports: [{ number: 443, protocol: "HTTP", clientsideTls: { credentialName } }],
    }),
  ],
  [
    "VirtualGateway",
    (secretName) => ({
      fleet: "prod",
      namespace: "gateways",
      workloads: { labels: { a: "b" } },
      listeners: [{ port: 443, tls: { mode: "SIMPLE", secretName } }],
    }),
  ],
];

function codesFor([kind, args]: Place, name: string): readonly string[] {
  const findings = new Findings();
  parseResource(kind, "x", args(name), findings);
  return findings.all.map(({ code }) => code);
}

describe("names of Secrets", () => {
  for (const place of PLACES) {
    const [kind, args] = place;
    it(`are those of Kubernetes in ${kind} ${Object.keys(args("a"))[0]}`, () => {
      for (const name of ["web", "web.example.com", "a".repeat(253), "1"])
        assert.deepEqual(codesFor(place, name), [], name);
      // Istio's webhook refuses the first two, and the others lead to no Secret next to the proxy
      for (const name of [
        "configmap://a",
        "configmap://a/b",
        "kubernetes://b/a",
        "a/b",
        "A",
        "é",
        "",
        " ",
        "a".repeat(254),
      ])
        assert.deepEqual(codesFor(place, name), ["MW0110"], name);
    });
  }
});
