import { createHash } from "node:crypto";
import { type Calculate, makeCalculate } from "./domain/calculate.ts";

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** The evaluator with SHA-256: prices one conversion under one set of terms. docs/pricing.md says exactly how. */
export const calculate: Calculate = makeCalculate(sha256Hex);
