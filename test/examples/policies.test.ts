import { expectRoute, loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import { signToken } from "../support/tokens.js";

describe("the policies example", () => {
  let routes: Routes;
  before(async () => {
    routes = await loadRoutes("./examples/policies/index.ts");
  });
  const ask = (path: string) => expectRoute(routes).get(`http://shop.example.com${path}`).from("web");

  it("applies the most specific policy of each kind", () => {
    ask("/retried")
      .toReach("reviews")
      .underPolicy("RetryTimeoutPolicy", "patience")
      .underPolicy("HeaderManipulationPolicy", "edge");
    ask("/hurried").toReach("reviews").underPolicy("RetryTimeoutPolicy", "hurry");
    ask("/own").toReach("reviews").underPolicy("HeaderManipulationPolicy", "own").underNoPolicy("RetryTimeoutPolicy");
  });

  it("requires JWTs at the accounts table", () => {
    const account = (path: string) => expectRoute(routes).get(`http://accounts.example.com${path}`).from("web");
    account("/").toAnswer(401, "Jwt is missing").underPolicy("JWTPolicy", "people");
    account("/change").toAnswer(401).underPolicy("JWTPolicy", "staff");
    account("/welcome").toReach("reviews").underPolicy("JWTPolicy", "guests");
    ask("/rest").toReach("reviews").underNoPolicy("JWTPolicy");
  });

  it("requires JWTs of its own issuer, whose keys are unknown", () => {
    const partner = (path: string) => expectRoute(routes).get(`http://partners.example.com${path}`).from("web");
    partner("/catalog").toAnswer(401, "Jwt is missing").underPolicy("JWTPolicy", "partners");
    partner("/orders").toAnswer(401).underPolicy("RateLimitPolicy", "by-partner");
    const token = signToken({ iss: "https://partners.example.com" }, { kind: "oct", secret: Buffer.from("anybody's") });
    partner("/catalog")
      .withHeader("authorization", `Bearer ${token}`)
      .toReach("reviews")
      .underPolicy("JWTPolicy", "partners");
    partner("/rest").toReach("reviews").underNoPolicy("JWTPolicy");
  });

  it("calls servers, and forwards the requests that they allow", () => {
    const member = (path: string) => expectRoute(routes).get(`http://members.example.com${path}`).from("web");
    member("/account").toReach("reviews").underPolicy("ExtAuthPolicy", "members");
    member("/terms").toAnswer(200, "terms").underPolicy("ExtAuthPolicy", "members");
    member("/search").toReach("reviews").underPolicy("RateLimitPolicy", "shared");
    member("/rest").toReach("reviews").underNoPolicy("ExtAuthPolicy").underNoPolicy("RateLimitPolicy");
  });

  it("mirrors requests, which still reach the original", () => {
    ask("/tried").toReach("reviews").underPolicy("MirrorPolicy", "trial");
    ask("/rest").toReach("reviews").underNoPolicy("MirrorPolicy");
  });

  it("rejects requests from pages of other sites", () => {
    const post = (origin: string) =>
      expectRoute(routes).request("POST", "http://shop.example.com/form").from("web").withHeader("origin", origin);
    post("https://evil.example.org").toAnswer(403, "Invalid origin").underPolicy("CSRFPolicy", "own-forms");
    for (const origin of ["http://shop.example.com", "https://partner.example.net"]) post(origin).toReach("reviews");
  });

  it("responds directly if a fault hits all requests, and to preflight requests", () => {
    ask("/down").toAnswer(418, "fault filter abort").underPolicy("FaultInjectionPolicy", "down");
    expectRoute(routes)
      .request("OPTIONS", "http://shop.example.com/api")
      .from("web")
      .withHeader("origin", "https://www.example.com")
      .withHeader("access-control-request-method", "DELETE")
      .toPermit("https://www.example.com");
  });
});
