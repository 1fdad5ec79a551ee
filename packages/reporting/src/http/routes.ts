import { err, type Language, type OrgId, ok, type Result } from "@biotop/kernel";
import { actorOf, type RequestContext, type Route, route } from "@biotop/platform/http";
import { downloadReport, getHome, getReport, getReportCatalogue, type Problem, type QueryOf } from "@biotop/wire";
import { dimensions } from "../domain/dimensions.ts";
import type { Metric } from "../domain/metric.ts";
import { type MetricCode, metricOf, metrics } from "../domain/metrics.ts";
import { reportCsv } from "../domain/report-csv.ts";
import type { ReportingDeps } from "../usecases/deps.ts";
import { readHome } from "../usecases/home.ts";
import { type Report, readReport } from "../usecases/report.ts";

export function reportingRoutes(deps: ReportingDeps): readonly Route[] {
  return [
    route(getReport, async ({ query, ...request }) => {
      const found = await report(deps, request, query);
      if (!found.ok) return found;
      const { rows, totals, isCut } = found.value;
      return ok({ by: query.by, columns: codesOf(query).map((code) => columnView(metricOf(code))), rows: [...rows], totals, isCut });
    }),
    route(downloadReport, async ({ query, ...request }) => {
      const found = await report(deps, request, query);
      if (!found.ok) return found;
      const dimension = dimensions.find((each) => each.code === query.by)?.label[request.language] ?? query.by;
      const chosen = codesOf(query).map(metricOf);
      const bytes = reportCsv({ dimension, metrics: chosen, rows: found.value.rows }, request.language);
      return ok({ bytes, fileName: `biotop-${query.by}-${query.from}-${query.to}.csv`, mediaType: "text/csv; charset=utf-8" });
    }),
    route(getReportCatalogue, async () =>
      ok({
        metrics: metrics.map(columnView),
        dimensions: dimensions.map(({ code, label }) => ({ code, label: { ...label } })),
      }),
    ),
    route(getHome, async ({ query, ...request }) => {
      const actor = actorOf(request);
      if (!actor.ok) return actor;
      const { tiles, chart, toDos, ...period } = await readHome(deps, actor.value.org, query.days, query.timeZone);
      return ok({
        ...period,
        toDos: [...toDos],
        tiles: tiles.map(({ code, current, previous }) => ({ metric: columnView(metricOf(code)), current, previous })),
        chart: { metric: columnView(metricOf(chart.code)), days: [...chart.days] },
      });
    }),
  ];
}

type Query = QueryOf<typeof getReport>;

function report(deps: ReportingDeps, request: RequestContext, query: Query): Promise<Result<Report, Problem>> {
  const actor = actorOf(request);
  if (!actor.ok) return Promise.resolve(err(actor.error));
  return ask(deps, actor.value.org, request.language, query);
}

function ask(deps: ReportingDeps, org: OrgId, language: Language, query: Query): Promise<Result<Report, Problem>> {
  return readReport(deps, { ...query, org, language, metrics: codesOf(query) });
}

/** The schema let only codes of the catalogue through. */
function codesOf(query: Query): readonly MetricCode[] {
  return query.metrics.split(",") as MetricCode[];
}

function columnView({ code, kind, label, formula }: Metric<MetricCode>) {
  return { code, kind, label: { ...label }, formula: { ...formula } };
}
