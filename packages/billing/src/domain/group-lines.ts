import { assert, type CommissionLineId, type ContractId, type Currency, type Language, type Money, money } from "@biotop/kernel";
import type { CorrectedPosition, InvoiceLine } from "./invoice.ts";

/** One approved commission line that waits for its document; negative when it takes back an earlier one. */
export type BillableLine = {
  readonly id: CommissionLineId;
  readonly contract: ContractId;
  readonly programme: string;
  /** What the supplier did: earned the commission itself or a share of it (agency, technology …). */
  readonly kind: string;
  readonly amount: Money;
  /** The billed position that this line corrects. */
  readonly corrects: CorrectedPosition | null;
};

export type GroupedLine = InvoiceLine & { readonly contract: ContractId; readonly items: readonly BillableLine[] };

/**
 * Positions of a document: one per contract and kind, and one per corrected position of an earlier document, which it
 * names. Amounts come first, corrections after them.
 */
export function groupLines(currency: Currency, language: Language, lines: readonly BillableLine[]): readonly GroupedLine[] {
  const groups = new Map<string, BillableLine[]>();
  for (const line of [...lines].sort(byName)) {
    assert(line.amount.currency === currency, "a document has one currency");
    const { corrects } = line;
    const key = [corrects ? 1 : 0, line.programme, line.contract, line.kind, corrects?.number ?? "", corrects?.position ?? 0].join("\n");
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()].map((items, index) => position(currency, language, items, index + 1));
}

function position(currency: Currency, language: Language, items: readonly BillableLine[], number: number): GroupedLine {
  const first = items[0];
  assert(first !== undefined, "a position sums up at least one line");
  const minor = items.reduce((total, item) => total + item.amount.minor, 0n);
  return {
    position: number,
    name: nameOf(first, language),
    description: descriptionOf(first, items.length, language),
    transactions: items.length,
    net: money(currency, minor),
    corrects: first.corrects,
    contract: first.contract,
    items,
  };
}

function byName(a: BillableLine, b: BillableLine): number {
  return textOrder(sortKey(a), sortKey(b));
}

function sortKey(line: BillableLine): string {
  const { corrects } = line;
  const rank = corrects ? `1${corrects.number}${String(corrects.position).padStart(6, "0")}` : "0";
  return [rank, line.programme, line.contract, line.kind, line.id].join("\n");
}

function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function nameOf(line: BillableLine, language: Language): string {
  const service = line.kind === "commission" ? words[language].commission : words[language].share;
  return line.corrects ? `${words[language].correction}: ${service} ${line.programme}` : `${service} ${line.programme}`;
}

function descriptionOf(line: BillableLine, transactions: number, language: Language): string {
  const { contract, corrects, transactions: counted } = words[language];
  const basis = `${contract} ${line.contract}, ${counted(transactions)}`;
  return line.corrects ? `${corrects(line.corrects.number, line.corrects.position)}; ${basis}` : basis;
}

const words = {
  de: {
    commission: "Vermittlungsprovision",
    share: "Beteiligung an Vermittlungsprovisionen",
    correction: "Berichtigung",
    contract: "Vertrag",
    transactions: (count: number) => (count === 1 ? "1 Vorgang" : `${count} Vorgänge`),
    corrects: (number: string, at: number) => `Minderung zu Gutschrift ${number}, Position ${at}`,
  },
  en: {
    commission: "Referral commission",
    share: "Share in referral commissions",
    correction: "Correction",
    contract: "Contract",
    transactions: (count: number) => (count === 1 ? "1 transaction" : `${count} transactions`),
    corrects: (number: string, at: number) => `Reduction of self-billing invoice ${number}, position ${at}`,
  },
} as const;
