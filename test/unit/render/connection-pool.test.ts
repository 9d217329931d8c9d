import assert from "node:assert/strict";
import { renderConnectionPool } from "../../../sdk/nodejs/src/render/istio/destination-policies.js";

describe("the connections of a port", () => {
  it("keep the client's version of HTTP next to the limits of a policy", () => {
    const policy = { tcp: { maxConnections: 9 }, http: { maxRequests: 4, maxPendingRequests: 2 } };
    assert.deepEqual(renderConnectionPool(policy, { keepsProtocol: true }), {
      tcp: { maxConnections: 9 },
      http: { http2MaxRequests: 4, http1MaxPendingRequests: 2, useClientProtocol: true },
    });
    assert.deepEqual(renderConnectionPool({ tcp: { tcpKeepalive: {} } }, { keepsProtocol: true }), {
      tcp: { tcpKeepalive: {} },
      http: { useClientProtocol: true },
    });
  });

  it("are left to the mesh where nothing is said about them", () => {
    assert.equal(renderConnectionPool(undefined), undefined);
    assert.deepEqual(renderConnectionPool(undefined, { keepsProtocol: true }), { http: { useClientProtocol: true } });
  });
});
