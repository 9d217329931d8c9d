/** The same objects through cdk8s: constructs, then its JSON; no YAML and no files. */
import { ApiObject, App, Chart } from "cdk8s";
import type { RenderedObject } from "meshway/model";

/** cdk8s' JSON of every object. One app for each cluster, because a chart prepares its whole app again. */
export function cdk8sJson(objects: readonly RenderedObject[]): unknown[] {
  const charts = new Map<string, Chart>();
  objects.forEach(({ cluster, object }, index) => {
    const chart = charts.get(cluster) ?? new Chart(new App(), cluster);
    charts.set(cluster, chart);
    new ApiObject(chart, `${index}`, object);
  });
  return [...charts.values()].flatMap((chart) => chart.toJson());
}
