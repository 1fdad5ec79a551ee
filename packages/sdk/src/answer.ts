import { err, ok, type Result } from "@biotop/kernel";
import { type AnswerOf, type Endpoint, type Problem, type ProblemKind, problemCatalogue } from "@biotop/wire";
import { z } from "zod";

/** The answer in our types, or the refusal that the server gave. */
export async function decodeAnswer<E extends Endpoint>(endpoint: E, response: Response): Promise<Result<AnswerOf<E>, Problem>> {
  if (response.status < 200 || response.status >= 300) return err(await readProblem(response));
  if (endpoint.status === 204) return ok(undefined as AnswerOf<E>);
  if (endpoint.mediaType !== undefined) return ok((await readFile(response, endpoint.mediaType)) as AnswerOf<E>);

  const decoded = z.safeDecode(endpoint.answer, (await response.json()) as never);
  if (decoded.success) return ok(decoded.data as AnswerOf<E>);
  return err({
    kind: "internal-error",
    detail: `The answer of ${endpoint.id} does not have the shape that this client knows: ${decoded.error.issues[0]?.path.join(".")}`,
  });
}

async function readFile(response: Response, mediaType: string) {
  const fileName = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "download";
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    fileName,
    mediaType: response.headers.get("content-type") ?? mediaType,
  };
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body === "object" && body !== null && "kind" in body && isProblemKind(body.kind)) return { ...body, kind: body.kind };
  return { kind: response.status >= 500 ? "unavailable" : "internal-error", detail: `The server answered ${response.status}.` };
}

function isProblemKind(kind: unknown): kind is ProblemKind {
  return typeof kind === "string" && Object.hasOwn(problemCatalogue, kind);
}
