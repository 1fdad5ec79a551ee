import type { IncomingMessage } from "node:http";
import { err, ok, type Result } from "@biotop/kernel";
import type { Problem } from "@biotop/wire";

export const bodyBytesMax = 8 * 1024 * 1024;

/** The body's bytes, at most 8 MiB. A client that breaks off gets no answer. */
export function readBody(request: IncomingMessage): Promise<Result<Buffer, Problem>> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > bodyBytesMax) return Promise.resolve(err(tooLarge()));
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes > bodyBytesMax) {
        request.pause();
        resolve(err(tooLarge()));
        return;
      }
      parts.push(part);
    });
    request.on("end", () => resolve(ok(Buffer.concat(parts))));
    request.on("error", reject);
  });
}

function tooLarge(): Problem {
  return { kind: "too-large", bytesMax: bodyBytesMax, detail: "Send fewer rows in one request." };
}

/** JSON in well-formed UTF-8. */
export function parseJson(bytes: Buffer): Result<unknown, Problem> {
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    return err({ kind: "broken-json", detail: error instanceof SyntaxError ? error.message : "The text is not UTF-8." });
  }
}
