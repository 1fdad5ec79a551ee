import { afterReturn, explainLine, explainSplit } from "@biotop/contracts";
import { type Currency, divideRounded, type LocalText, type OrgId, present, type Rate } from "@biotop/kernel";
import { accountLabels, type StoredEntry } from "@biotop/ledger";
import type { AnswerOf, getTransaction } from "@biotop/wire";
import type { Conversion } from "../domain/conversion.ts";
import type { Line } from "../domain/line.ts";
import { type Trace, traceLines, traceSplit } from "../domain/trace.ts";
import type { LoadedDetails, StoredChange } from "../usecases/read-transactions.ts";
import { reasonText } from "./reasons.ts";
import { coded, type Names, named } from "./views.ts";

type Details = AnswerOf<typeof getTransaction>;
export type DetailParts = Pick<Details, "contract" | "exchange" | "positions" | "lines" | "journey" | "changes" | "ledger">;

export function organisationsIn({ lines, journey, entries }: LoadedDetails): readonly OrgId[] {
  return [
    ...lines.flatMap((line) => [line.payer, line.payee]),
    ...journey.flatMap((click) => (click.partner ? [click.partner] : [])),
    ...entries.flatMap((entry) =>
      entry.postings.flatMap(({ account }) => [account.owner, ...(account.counterparty ? [account.counterparty] : [])]),
    ),
  ];
}

export function detailViews(loaded: LoadedDetails, names: Names, seesCost: boolean): DetailParts {
  const { conversion, lines } = loaded;
  const byId = new Map(lines.map((line) => [line.id, line]));
  return {
    contract: contractView(loaded),
    exchange: exchangeView(conversion),
    positions: positionViews(loaded),
    lines: lines.map((line) => lineView(line, byId, names)),
    journey: loaded.journey.map((click, index) => ({
      clickId: click.clickId ?? `hidden-${index + 1}`,
      at: click.at,
      partner: click.partner ? named(click.partner, names) : null,
      link: click.link,
      outcome: click.outcome,
      reason: { code: click.reason, text: reasonText(click.reason) },
    })),
    changes: loaded.changes.map((change) => changeView(change, seesCost)),
    ledger: loaded.entries.flatMap((entry) => ledgerViews(entry, names)),
  };
}

function contractView({ conversion: { pricing }, versionNo }: LoadedDetails): DetailParts["contract"] {
  if (pricing.state !== "priced" || versionNo === undefined) return null;
  return { id: pricing.by.contract, version: pricing.by.contractVersion, no: versionNo };
}

function exchangeView({ pricing, report }: Conversion): DetailParts["exchange"] {
  if (pricing.state !== "priced" || pricing.by.rateDate === undefined) return null;
  const { rate, rateDate, currency } = pricing.by;
  return { from: report.currency, to: currency, rate: sixDigits(rate), date: rateDate };
}

/** For the reader; the calculation uses the exact fraction. */
function sixDigits({ numerator, denominator }: Rate): string {
  const millionths = divideRounded(numerator * 1_000_000n, denominator)
    .toString()
    .padStart(7, "0");
  return `${millionths.slice(0, -6)}.${millionths.slice(-6)}`;
}

function positionViews({ conversion: { report }, now }: LoadedDetails): DetailParts["positions"] {
  const remaining = new Map(now.positions.map((position) => [position.index, position]));
  return report.positions.map((position) => {
    const left = remaining.get(position.index) ?? afterReturn(position, position.quantity);
    return {
      index: position.index,
      sku: position.sku ?? null,
      group: position.group ?? null,
      category: position.category ?? null,
      quantity: position.quantity,
      remaining: left.quantity,
      net: { currency: report.currency, minor: position.netMinor },
      remainingNet: { currency: report.currency, minor: left.netMinor },
    };
  });
}

function lineView(line: Line, byId: ReadonlyMap<string, Line>, names: Names): DetailParts["lines"][number] {
  const corrected = line.corrects === undefined ? undefined : byId.get(line.corrects);
  return {
    id: line.id,
    payee: named(line.payee, names),
    payer: named(line.payer, names),
    kind: line.kind,
    amount: { currency: line.currency, minor: line.amountMinor },
    isApproved: line.stage === "approved",
    settlement: line.settlement,
    document: line.document?.id ?? null,
    corrects: corrected?.document
      ? { line: corrected.id, document: corrected.document.id, documentPosition: corrected.document.position }
      : null,
    trace: traceViews(line.trace, line.currency),
  };
}

function traceViews(trace: Trace, currency: Currency): DetailParts["lines"][number]["trace"] {
  if (trace.of === "withdrawn") return [{ position: null, ruleId: null, text: reasonText(trace.reason), amount: { currency, minor: 0n } }];
  if (trace.of === "split") {
    const split = traceSplit(trace);
    const of = { shopCurrency: trace.shop, settlementCurrency: trace.to };
    const text = { de: explainSplit(split, of, "de"), en: explainSplit(split, of, "en") };
    return [{ position: null, ruleId: split.splitId, text, amount: { currency: trace.to, minor: split.amountMinor } }];
  }
  const steps = traceLines(trace).map((line) => ({
    position: line.position,
    ruleId: line.ruleId,
    text: { de: explainLine(line, "de"), en: explainLine(line, "en") },
    amount: { currency: trace.to, minor: line.amountMinor },
  }));
  const inside = BigInt(trace.inside);
  return inside === 0n
    ? steps
    : [...steps, { position: null, ruleId: null, text: insideText, amount: { currency: trace.to, minor: -inside } }];
}

const insideText: LocalText = {
  de: "Davon gehen Anteile an weitere Vertragsparteien.",
  en: "Shares of further parties to the contract come out of it.",
};

function changeView(stored: StoredChange, seesCost: boolean): DetailParts["changes"][number] {
  const { change, currency } = stored;
  const reason = change.op === "decline" || change.op === "hold" ? (change.reason ?? null) : null;
  return {
    no: stored.no,
    at: change.at,
    op: change.op,
    source: change.source,
    reason: coded(reason),
    costBefore: seesCost ? { currency, minor: stored.costBeforeMinor } : null,
    costAfter: seesCost ? { currency, minor: stored.costAfterMinor } : null,
  };
}

function ledgerViews(entry: StoredEntry, names: Names): DetailParts["ledger"] {
  return entry.postings.map(({ account, amountMinor }) => ({
    entry: entry.id,
    effectiveAt: entry.effectiveAt,
    kind: entry.cause.kind,
    owner: named(account.owner, names),
    counterparty: account.counterparty ? named(account.counterparty, names) : null,
    account: account.code,
    accountLabel: present(accountLabels[account.code], "every account code has a label"),
    amount: { currency: account.currency, minor: amountMinor },
    reverses: entry.reverses ?? null,
  }));
}
