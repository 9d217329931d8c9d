import { expectRoute, loadRoutes, type Routes } from "../../sdk/nodejs/src/testing.js";
import { signToken } from "../support/tokens.js";

describe("the policies example", () => {
  let routes: Routes;
  before(async () => {
    routes = await loadRoutes("./examples/policies/index.ts");
  });
  const ask = (path: string) => expectRoute(routes).get(`http://shop.example.com${path}`).from("web");

  it("has the nearest policy of each kind in force", () => {
    ask("/retried")
      .toReach("reviews")
      .underPolicy("RetryTimeoutPolicy", "patience")
      .underPolicy("HeaderManipulationPolicy", "edge");
    ask("/hurried").toReach("reviews").underPolicy("RetryTimeoutPolicy", "hurry");
    ask("/own").toReach("reviews").underPolicy("HeaderManipulationPolicy", "own").underNoPolicy("RetryTimeoutPolicy");
  });

  it("asks for tokens at the table of accounts", () => {
    const account = (path: string) => expectRoute(routes).get(`http://accounts.example.com${path}`).from("web");
    account("/").toAnswer(401, "Jwt is missing").underPolicy("JWTPolicy", "people");
    account("/change").toAnswer(401).underPolicy("JWTPolicy", "staff");
    account("/welcome").toReach("reviews").underPolicy("JWTPolicy", "guests");
    ask("/rest").toReach("reviews").underNoPolicy("JWTPolicy");
  });

  it("asks for tokens of an issuer of its own, whose keys it does not know", () => {
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

  it("asks servers, and does what it would do where they allow it", () => {
    const member = (path: string) => expectRoute(routes).get(`http://members.example.com${path}`).from("web");
    member("/account").toReach("reviews").underPolicy("ExtAuthPolicy", "members");
    member("/terms").toAnswer(200, "terms").underPolicy("ExtAuthPolicy", "members");
    member("/search").toReach("reviews").underPolicy("RateLimitPolicy", "shared");
    member("/rest").toReach("reviews").underNoPolicy("ExtAuthPolicy").underNoPolicy("RateLimitPolicy");
  });

  it("copies requests, which still reach the original", () => {
    ask("/tried").toReach("reviews").underPolicy("MirrorPolicy", "trial");
    ask("/rest").toReach("reviews").underNoPolicy("MirrorPolicy");
  });

  it("refuses requests that pages of other sites make", () => {
    const post = (origin: string) =>
      expectRoute(routes).request("POST", "http://shop.example.com/form").from("web").withHeader("origin", origin);
    post("https://evil.example.org").toAnswer(403, "Invalid origin").underPolicy("CSRFPolicy", "own-forms");
    for (const origin of ["http://shop.example.com", "https://partner.example.net"]) post(origin).toReach("reviews");
  });

  it("answers by itself where a fault hits all requests, and where a browser asks", () => {
    ask("/down").toAnswer(418, "fault filter abort").underPolicy("FaultInjectionPolicy", "down");
    expectRoute(routes)
      .request("OPTIONS", "http://shop.example.com/api")
      .from("web")
      .withHeader("origin", "https://www.example.com")
      .withHeader("access-control-request-method", "DELETE")
      .toPermit("https://www.example.com");
  });
});
