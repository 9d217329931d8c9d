import assert from "node:assert/strict";
import { describeSimulations } from "../../../sdk/nodejs/src/simulate/describe.js";
import { destinationArgs, tableArgs } from "../../support/shop.js";
import { ask, plainGateway, planOf, request } from "./ask.js";

describe("describeSimulations: hash under weights", () => {
  it("shows that a part of a split is drawn before a hash is looked at", () => {
    const virtualDestinations = {
      reviews: destinationArgs({ policies: ["balance"] }),
      other: destinationArgs({ hosts: ["other.global"] }),
    };
    const line = (weight: number) => {
      const destinations = [
        { virtualDestination: "reviews", weight },
        { virtualDestination: "other", weight: 100 - weight },
      ];
      const routeTables = { shop: tableArgs({ http: [{ name: "all", forwardTo: { destinations } }] }) };
      const loadBalancerPolicies = { balance: { consistentHash: { useSourceIp: true } } };
      const plan = planOf({
        virtualGateways: { web: plainGateway },
        virtualDestinations,
        loadBalancerPolicies,
        routeTables,
      });
      const lines = describeSimulations(request("/"), [ask(plan, "/")]).split("\n");
      return lines[lines.findIndex((each) => /^ *\d+% /.test(each)) + 1];
    };
    const same = "       requests from the same address go to the same endpoint";
    assert.equal(line(90), `${same} of this part, which is drawn for each request`);
    assert.equal(line(100), same);
  });
});
