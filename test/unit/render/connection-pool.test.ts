import assert from "node:assert/strict";
import { renderConnectionPool } from "../../../sdk/nodejs/src/render/istio/destination-policies.js";

describe("the connections of a port", () => {
  it("keep the client's HTTP version alongside a policy's limits", () => {
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

  it("are left to the mesh by default", () => {
    assert.equal(renderConnectionPool(undefined), undefined);
    assert.deepEqual(renderConnectionPool(undefined, { keepsProtocol: true }), { http: { useClientProtocol: true } });
  });
});
