/** Invariants of the objects of every model that passes the checks. */
import assert from "node:assert/strict";
import type { KubeObject, RenderedObject } from "../../sdk/nodejs/src/kube/object.js";
import { effectiveTable } from "../../sdk/nodejs/src/model/delegation.js";
import { configureRuns } from "../support/arbitraries/runs.js";
import { forCheckedModels } from "../support/checked-models.js";
import { type HttpRoute, isVisible, objectsOf, placeOf, specOf } from "../support/rendered.js";

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

describe("property: objects", function () {
  configureRuns(this);

  it("have unique names that Kubernetes accepts", () => {
    forCheckedModels(({ compiled }) => {
      const { objects } = compiled;
      for (const { object } of objects) {
        assert.match(object.metadata.name, DNS_LABEL);
        for (const label of Object.values(object.metadata.labels))
          assert.match(label, /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);
        for (const { name } of specOf(object).subsets ?? []) assert.match(name, DNS_LABEL);
      }
      const places = objects.map(placeOf);
      assert.deepEqual(
        places.filter((place, index) => places.indexOf(place) !== index),
        [],
      );
    });
  });

  it("name hosts that DNS allows", () => {
    forCheckedModels(({ compiled }) => {
      for (const { object } of compiled.objects)
        for (const host of [...(specOf(object).hosts ?? []), specOf(object).host ?? "x"])
          assert.ok(host.length <= 253 && host.split(".").every((label) => label.length <= 63), host);
    });
  });

  it("send all of the traffic: weights add up to 100 in plan and objects", () => {
    forCheckedModels(({ compiled }) => {
      const { plan, objects } = compiled;
      for (const { action } of plan.clusters
        .flatMap(({ routeTables }) => routeTables)
        .flatMap(({ routes }) => routes)) {
        if (action.kind === "forward") assert.equal(total(action.targets.map(({ weight }) => Number(weight))), 100);
      }
      for (const { route = [] } of objects.flatMap(({ object }) => specOf(object).http ?? []))
        if (route.length > 1) assert.equal(total(route.map(({ weight }) => weight ?? 0)), 100);
    });
  });

  it("have routes with unique names", () => {
    forCheckedModels(({ compiled }) => {
      for (const { object } of compiled.objects) {
        const names = (object.kind === "VirtualService" && specOf(object).http?.map(({ name }) => name)) || [];
        assert.equal(new Set(names).size, names.length, String(names));
      }
    });
  });

  it("keep the order of a table's routes", () => {
    forCheckedModels(({ model, compiled }) => {
      for (const { maker, object } of compiled.objects) {
        if (maker.kind !== "RouteTable" || object.kind !== "VirtualService") continue;
        // the name of a route with an Envoy filter, or of another table, includes its path
        const names = specOf(object).http?.map(({ name }) => name?.replace(/^.*\//, ""));
        const isTable = !specOf(object).gateways?.[0]?.endsWith("--east-west");
        if (isTable)
          assert.deepEqual(
            names,
            effectiveTable(model, maker.name)?.http.map(({ name }) => name),
          );
      }
    });
  });

  it("refer only to hosts, subsets and gateways that exist and are visible", () => {
    forCheckedModels(({ model, compiled }) => {
      const { objects } = compiled;
      const domains = new Map(
        model.Fleet.get("prod")?.clusters.map(({ name, clusterDomain }) => [name, clusterDomain]),
      );
      for (const { cluster, object } of objects)
        if (object.kind === "VirtualService" || object.kind === "EnvoyFilter")
          checkReferences(object, cluster, objects, domains.get(cluster) ?? "");
    });
  });
});

function total(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Returns the destinations that filters call, by Envoy cluster name. */
function askedIn({ spec }: KubeObject): NonNullable<HttpRoute["route"]> {
  return [...JSON.stringify(spec).matchAll(/"outbound\|(\d+)\|([^|"]*)\|([^|"]*)"/g)].map(
    ([, port, subset = "", host = ""]) => ({
      destination: { host, port: { number: Number(port) }, ...(subset !== "" && { subset }) },
    }),
  );
}

function checkReferences(
  object: KubeObject,
  cluster: string,
  objects: readonly RenderedObject[],
  domain: string,
): void {
  const { namespace = "" } = object.metadata;
  const { http = [], tls = [], tcp = [], gateways = [] } = specOf(object);
  const names = objectsOf("Gateway", cluster, objects).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  for (const gateway of gateways)
    assert.ok(gateway === "mesh" || names.includes(gateway), `gateway ${gateway} is not in ${cluster}`);
  const named = [...http, ...tls, ...tcp].flatMap(({ route = [], mirrors = [] }: HttpRoute) => [...route, ...mirrors]);
  for (const { destination } of [...named, ...askedIn(object)]) {
    const isService = destination.host.endsWith(`.svc.${domain}`);
    const entries = objectsOf("ServiceEntry", cluster, objects)
      .filter((entry) => specOf(entry).hosts?.includes(destination.host))
      .filter((entry) => isVisible(entry, namespace));
    assert.ok(isService || entries.length > 0, `${namespace} in ${cluster} does not see host ${destination.host}`);
    checkPort(destination, entries);
    if (destination.subset !== undefined)
      checkSubset(destination.host, destination.subset, namespace, objectsOf("DestinationRule", cluster, objects));
  }
}

function checkPort(
  { host, port }: { readonly host: string; readonly port: { readonly number: number } },
  entries: readonly KubeObject[],
): void {
  for (const { spec } of entries) {
    const ports = (spec["ports"] as { number: number }[]).map(({ number }) => number);
    assert.ok(ports.includes(port.number), `${host} has no port ${port.number}`);
  }
}

/** Returns the visible rules: those of the client's own namespace hide those of others. */
function checkSubset(host: string, subset: string, namespace: string, rules: readonly KubeObject[]): void {
  const seen = rules.filter((rule) => specOf(rule).host === host && isVisible(rule, namespace));
  const own = seen.filter(({ metadata }) => metadata.namespace === namespace);
  const subsets = (own.length > 0 ? own : seen).flatMap((rule) => specOf(rule).subsets ?? []).map(({ name }) => name);
  assert.ok(subsets.includes(subset), `${host} has no subset ${subset} for ${namespace}`);
}
