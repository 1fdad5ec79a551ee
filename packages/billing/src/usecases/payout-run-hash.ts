import { createHash } from "node:crypto";
import { payoutRunText } from "../domain/payout-run.ts";

export function payoutRunHash(run: Parameters<typeof payoutRunText>[0]): string {
  return createHash("sha256").update(payoutRunText(run)).digest("hex");
}
