import type { Model } from "../model/model.js";
import type { Plan } from "../plan/types.js";
import { CONNECT } from "../simulate/read-request.js";
import { RouteExpectation } from "./expectation.js";
import { Routes, routesOf } from "./routes.js";

/** Begins a route test on the result of `loadRoutes`, or on a plan or a model. */
export function expectRoute(from: Routes | Plan | Model): RequestMaker {
  return new RequestMaker(from instanceof Routes ? from : routesOf(from));
}

/** Chooses the method and the URL of the request. */
export class RequestMaker {
  readonly #routes: Routes;

  constructor(routes: Routes) {
    this.#routes = routes;
  }

  get(url: string): RouteExpectation {
    return this.request("GET", url);
  }

  head(url: string): RouteExpectation {
    return this.request("HEAD", url);
  }

  post(url: string): RouteExpectation {
    return this.request("POST", url);
  }

  put(url: string): RouteExpectation {
    return this.request("PUT", url);
  }

  patch(url: string): RouteExpectation {
    return this.request("PATCH", url);
  }

  delete(url: string): RouteExpectation {
    return this.request("DELETE", url);
  }

  options(url: string): RouteExpectation {
    return this.request("OPTIONS", url);
  }

  /** A connection to an address such as `tls://db.example.com:443` or `tcp://db.example.com:5432`, with any payload. */
  connect(url: string): RouteExpectation {
    return this.request(CONNECT, url);
  }

  /** A request with any method. */
  request(method: string, url: string): RouteExpectation {
    return new RouteExpectation(this.#routes, { method, url });
  }
}
