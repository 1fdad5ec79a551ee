import { type Currency, convert, currency, err, type LocalDate, type Money, ok, type Rate, type Result } from "@biotop/kernel";
import { ratesFor } from "@biotop/ledger";
import type { Tx } from "@biotop/platform/db";
import type { AccountingVat } from "../domain/invoice.ts";
import { type WaitingReason, waitingFor } from "../domain/waiting-reason.ts";

const euro = currency("EUR");

/** VAT of a foreign-currency document in euro at the reference rate of its day (§ 16 (6) UStG); none where no VAT is due. */
export async function accountingVat(
  tx: Tx,
  vat: Money,
  issuedOn: LocalDate,
): Promise<Result<AccountingVat | null, readonly WaitingReason[]>> {
  if (vat.minor === 0n || vat.currency === euro) return ok(null);
  const found = (await ratesFor(tx, [issuedOn], vat.currency, euro)).get(issuedOn);
  if (!found || "unknown" in found) return err([waitingFor("exchange-rate-missing")]);
  return ok({ vat: convert(vat, found.rate, euro), rate: quoted(found.rate, vat.currency), rateDate: found.rateDate });
}

/** As the central bank publishes it: `1 EUR = 0.8487 GBP`. */
function quoted({ numerator, denominator }: Rate, foreign: Currency): string {
  const scaled = (denominator * 1_000_000n + numerator / 2n) / numerator;
  const fraction = (scaled % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  return `1 EUR = ${scaled / 1_000_000n}${fraction === "" ? "" : `.${fraction}`} ${foreign}`;
}
