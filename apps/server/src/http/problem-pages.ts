import { problemCatalogue } from "@biotop/wire";
import type { FastifyInstance } from "fastify";

/** What the `type` of a problem points to: the kind explained in both languages. */
export function serveProblemPages(app: FastifyInstance): void {
  app.get("/problems", (_request, reply) => reply.type("text/html; charset=utf-8").send(overviewPage()));
  app.get<{ Params: { kind: string } }>("/problems/:kind", (request, reply) => {
    const page = problemPage(request.params.kind);
    return page ? reply.type("text/html; charset=utf-8").send(page) : reply.callNotFound();
  });
}

type Shown = {
  readonly status: number;
  readonly title: { readonly de: string; readonly en: string };
  readonly advice?: { readonly de: string; readonly en: string };
};

function problemPage(kind: string): string | undefined {
  if (!Object.hasOwn(problemCatalogue, kind)) return undefined;
  const problem: Shown = problemCatalogue[kind as keyof typeof problemCatalogue];
  const section = (language: "de" | "en") =>
    `<section lang="${language}"><h2>${escapeHtml(problem.title[language])}</h2>${problem.advice ? `<p>${escapeHtml(problem.advice[language])}</p>` : ""}</section>`;
  return page(`${kind} (${problem.status})`, `${section("en")}${section("de")}<p><a href="/problems">All problems · Alle Probleme</a></p>`);
}

function overviewPage(): string {
  const rows = Object.entries(problemCatalogue).map(
    ([kind, problem]) =>
      `<tr><td><a href="/problems/${kind}"><code>${kind}</code></a><td>${problem.status}<td>${escapeHtml(problem.title.en)}<td>${escapeHtml(problem.title.de)}`,
  );
  return page("Problems · Probleme", `<table><tr><th>kind<th>status<th>English<th>Deutsch${rows.join("")}</table>`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td,th{text-align:left;padding:.2rem .8rem .2rem 0}</style>
<h1>${escapeHtml(title)}</h1>${body}</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
