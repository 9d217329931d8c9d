import assert from "node:assert/strict";
import { ClientTlsMode } from "../../../sdk/nodejs/src/args/external-service.js";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { describeTls } from "../../../sdk/nodejs/src/simulate/describe-tls.js";
import { externalArgs, tableArgs } from "../../support/shop.js";
import { ask, forwards, plainGateway, planOf, request } from "./ask.js";

describe("the described TLS", () => {
  it("is told for external services", () => {
    const settings = { mode: ClientTlsMode.Simple, sni: "api.example.net", subjectAltNames: ["api.example.net"] };
    assert.equal(
      describeTls(settings),
      "callers speak TLS with server name api.example.net, and expect a certificate of api.example.net",
    );
    const mutual = { mode: ClientTlsMode.Mutual, credentialName: "own", insecureSkipVerify: true };
    assert.equal(
      describeTls(mutual),
      "callers speak TLS with a certificate of their own, and expect no particular certificate",
    );
    const off = { mode: ClientTlsMode.Disable };
    assert.equal(describeTls(off), "callers speak plaintext");
  });

  it("is shown below the destination", () => {
    const ports = [{ number: 443, protocol: "HTTPS", clientsideTls: { mode: "SIMPLE", sni: "api.example.org" } }];
    const route = forwards("api", {}, { destinations: [{ externalService: "api", port: 443 }] });
    const plan = planOf({
      virtualGateways: { web: plainGateway },
      externalServices: { api: externalArgs({ ports }) },
      routeTables: { shop: tableArgs({ http: [route] }) },
    });
    const text = describeSimulations(request("/"), [ask(plan, "/")]);
    assert.match(text, /\n {7}callers speak TLS with server name api\.example\.org/);
  });
});
