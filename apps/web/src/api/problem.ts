import type { FieldError } from "@biotop/wire";

/** RFC 9457 body of a refusal, as the API sends it. */
export type ProblemBody = {
  readonly kind: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldError[];
  readonly [fact: string]: unknown;
};

/** A refusal of the API on its way to the screen. */
export class ApiProblem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody, cause?: unknown) {
    super(body.title, { cause });
    this.name = "ApiProblem";
    this.body = body;
  }

  get kind(): string {
    return this.body.kind;
  }

  get fieldErrors(): readonly FieldError[] {
    return this.body.errors ?? [];
  }

  static unreachable(cause: unknown): ApiProblem {
    return new ApiProblem({ kind: "unreachable", title: "", status: 0 }, cause);
  }

  static unexpected(status: number): ApiProblem {
    return new ApiProblem({ kind: "unexpected-answer", title: "", status });
  }
}

export function isProblem(error: unknown, kind: string): error is ApiProblem {
  return error instanceof ApiProblem && error.kind === kind;
}
