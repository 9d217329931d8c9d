import assert from "node:assert/strict";
import { externalArgs, shopArgs } from "../../support/shop.js";
import { findingsOf, later } from "./findings.js";

const at = "ExternalService/api";

function check(fields: Record<string, unknown>) {
  return findingsOf(shopArgs({ externalServices: { api: externalArgs(fields) } }));
}

function withTls(clientsideTls: object, fields: Record<string, unknown> = {}) {
  return check({ ports: [{ number: 443, protocol: "HTTPS", clientsideTls }], ...fields });
}

describe("check: external services", () => {
  it("rejects duplicate entries (MW0508)", () => {
    const fields = {
      clusters: ["east", "west", "east"],
      hosts: ["a.example.org", "A.example.org"],
      addresses: ["198.51.100.1", "198.51.100.1"],
      ports: [
        { number: 80, protocol: "HTTP", name: "https-443" },
        { number: 443, protocol: "HTTPS" },
        { number: 80, protocol: "HTTP2" },
      ],
    };
    assert.deepEqual(check(fields), [
      ["MW0508", `${at} addresses[1]`, { what: "address", value: "198.51.100.1", first: 0 }],
      ["MW0508", `${at} clusters[2]`, { what: "cluster", value: "east", first: 0 }],
      ["MW0508", `${at} hosts[1]`, { what: "host", value: "a.example.org", first: 0 }],
      ["MW0508", `${at} ports[1].name`, { what: "port name", value: "https-443", first: 0 }],
      ["MW0508", `${at} ports[2].number`, { what: "port", value: 80, first: 0 }],
    ]);
  });

  it("requires port names of the service (MW0516)", () => {
    const endpoints = (name: string) => [{ address: "198.51.100.7", ports: { [name]: 8443 } }];
    assert.deepEqual(check({ endpoints: endpoints("https-443") }), []);
    assert.deepEqual(check({ endpoints: endpoints("http"), ports: [{ number: later, protocol: "HTTP" }] }), []);
    assert.deepEqual(check({ endpoints: endpoints("https") }), [
      ["MW0516", `${at} endpoints[0].ports.https`, { port: "https", known: ["https-443"] }],
    ]);
  });

  it("requires one host for TCP, unless requests keep their address (MW0519)", () => {
    const ports = [{ number: 5432, protocol: "TCP" }];
    const hosts = ["a.example.org", "b.example.org"];
    assert.deepEqual(check({ hosts: [...hosts, "*.example.org"], ports, addresses: ["198.51.100.1"] }), []);
    assert.deepEqual(check({ hosts, ports }), [
      ["MW0519", `${at} ports[0].protocol`, { hosts: 2, protocol: "TCP", port: 5432 }],
    ]);
  });

  it("requires a destination for requests (MW0520)", () => {
    const addresses = ["198.51.100.1", "198.51.100.0/24"];
    const wild = { hosts: ["*.example.org"] };
    assert.deepEqual(check({ addresses, endpoints: [{ address: "198.51.100.7" }, { address: later }] }), []);
    assert.deepEqual(check({ addresses, ...wild }), []);
    assert.deepEqual(check(wild), []);
    assert.deepEqual(check({ addresses, hosts: [later] }), []);
    const range = (name: string) => `the range \`198.51.100.0/24\` does not go with \`${name}\`, which DNS resolves`;
    assert.deepEqual(check({ addresses }), [["MW0520", `${at} addresses[1]`, { reason: range("api.example.org") }]]);
    assert.deepEqual(check({ addresses, endpoints: [{ address: "db.example.org" }] }), [
      ["MW0520", `${at} addresses[1]`, { reason: range("db.example.org") }],
    ]);
    assert.deepEqual(check({ ...wild, ports: [{ number: 80, protocol: "HTTP", targetPort: 8080 }] }), [
      [
        "MW0520",
        `${at} ports[0].targetPort`,
        {
          reason: "port 80 under a wildcard host has `targetPort` 8080, and without endpoints requests keep their port",
        },
      ],
    ]);
    assert.deepEqual(check({ ...wild, ports: [{ number: 5432, protocol: "TCP" }] }), [
      [
        "MW0520",
        `${at} ports[0].protocol`,
        {
          reason:
            "port 5432 (`TCP`) under a wildcard host has neither endpoints nor `addresses` " +
            "to tell its requests from others",
        },
      ],
    ]);
  });

  it("knows what each TLS mode needs and ignores (MW0521)", () => {
    const place = `${at} ports[0].clientsideTls`;
    const files = { clientCertificate: "/c.pem", privateKey: "/k.pem" };
    for (const good of [{}, { mode: "MUTUAL", ...files }, { mode: later, ...files }])
      assert.deepEqual(withTls(good), []);
    assert.deepEqual(withTls({ mode: "MUTUAL", credentialName: "c" }, { exportTo: ["gateways"] }), []);
    const facts = (mode: string, field: string, needed: boolean) => ({ mode, field, needed });
    assert.deepEqual(withTls({ mode: "MUTUAL", privateKey: "/k.pem" }), [
      ["MW0521", `${place}.clientCertificate`, facts("MUTUAL", "clientCertificate", true)],
    ]);
    assert.deepEqual(withTls({ clientCertificate: "/c.pem" }), [
      ["MW0521", `${place}.clientCertificate`, facts("SIMPLE", "clientCertificate", false)],
    ]);
    assert.deepEqual(withTls({ mode: "ISTIO_MUTUAL", credentialName: "c", insecureSkipVerify: true, sni: "a.b" }), [
      ["MW0521", `${place}.credentialName`, facts("ISTIO_MUTUAL", "credentialName", false)],
      ["MW0521", `${place}.insecureSkipVerify`, facts("ISTIO_MUTUAL", "insecureSkipVerify", false)],
    ]);
    assert.deepEqual(withTls({ mode: "DISABLE", sni: "a.b" }), [
      ["MW0521", `${place}.sni`, facts("DISABLE", "sni", false)],
    ]);
  });

  it("knows which TLS settings exclude each other (MW0515)", () => {
    const place = `${at} ports[0].clientsideTls`;
    assert.deepEqual(
      withTls({ mode: "MUTUAL", credentialName: "c", caCertificates: "/ca.pem" }, { exportTo: ["gateways"] }),
      [["MW0515", `${place}.credentialName`, { field: "credentialName", with: "caCertificates" }]],
    );
    assert.deepEqual(withTls({ insecureSkipVerify: true, caCertificates: "/ca" }, { subjectAltNames: ["a"] }), [
      ["MW0515", `${place}.insecureSkipVerify`, { field: "insecureSkipVerify", with: "caCertificates" }],
      ["MW0515", `${place}.insecureSkipVerify`, { field: "insecureSkipVerify", with: "subjectAltNames" }],
    ]);
    assert.deepEqual(withTls({ insecureSkipVerify: later, caCertificates: "/ca" }), []);
  });
});
