import type { Language } from "@biotop/kernel";
import { type FieldError, type Problem, problemCatalogue } from "@biotop/wire";
import type { z } from "zod";

/** RFC 9457 body of a refusal. */
export function problemAnswer(problem: Problem, language: Language, requestId: string): { readonly status: number; readonly body: object } {
  const { kind, ...facts } = problem;
  const type = problemCatalogue[kind];
  const advice = "advice" in type ? (type.advice as { de: string; en: string }) : undefined;
  const detail = facts.detail ?? advice?.[language];
  return {
    status: type.status,
    body: {
      type: `/problems/${kind}`,
      kind,
      title: type.title[language],
      status: type.status,
      ...(detail ? { detail } : {}),
      instance: requestId,
      ...facts,
    },
  };
}

/** Every issue of a schema as field errors with JSON pointers. */
export function fieldErrors(error: z.ZodError, prefix: "" | "?"): readonly FieldError[] {
  return error.issues.map((issue) => ({
    pointer:
      prefix === "?"
        ? `?${issue.path.join(".")}`
        : issue.path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
    code: issue.code,
    detail: issue.message,
  }));
}
