/** Renders the same objects with cdk8s: constructs, then JSON, without YAML or files. */
import { ApiObject, App, Chart } from "cdk8s";
import type { RenderedObject } from "meshway/model";

/** Returns cdk8s' JSON for every object. Each cluster has its own app, because a chart prepares its whole app again. */
export function cdk8sJson(objects: readonly RenderedObject[]): unknown[] {
  const charts = new Map<string, Chart>();
  objects.forEach(({ cluster, object }, index) => {
    const chart = charts.get(cluster) ?? new Chart(new App(), cluster);
    charts.set(cluster, chart);
    new ApiObject(chart, `${index}`, object);
  });
  return [...charts.values()].flatMap((chart) => chart.toJson());
}
