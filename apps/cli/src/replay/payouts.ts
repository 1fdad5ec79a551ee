import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "@biotop/sdk";
import {
  approvePayoutRun,
  downloadDocument,
  downloadPayoutFile,
  getPayoutRun,
  listDocuments,
  listPayoutRuns,
  listWaitingStatements,
  markManualTransferPaid,
} from "@biotop/wire";
import { patiently } from "./patient.ts";

export type PaidRun = {
  readonly id: string;
  readonly currency: string;
  readonly rail: string;
  readonly totalMinor: bigint;
  readonly payouts: number;
  readonly state: string;
};

/** Approves and exports what the month end prepared, as the merchant's finance people would. */
export async function payWhatIsDue(client: Client, saveTo: string | undefined): Promise<void> {
  const { rows } = await patiently("payout runs", () => client.call(listPayoutRuns, { query: { limit: 200 } }));
  for (const { id, state } of rows.filter((run) => run.state !== "completed" && run.state !== "cancelled")) {
    if (state === "draft") {
      const { hash } = await patiently("payout run", () => client.call(getPayoutRun, { params: { runId: id } }));
      await patiently("approval", () => client.call(approvePayoutRun, { params: { runId: id }, body: { hash } }));
    }
    const file = await patiently("bank file", () => client.call(downloadPayoutFile, { params: { runId: id } }));
    await save(saveTo, `${id}-${file.fileName}`, file.bytes);
    const run = await patiently("payout run", () => client.call(getPayoutRun, { params: { runId: id } }));
    for (const payout of run.rail === "manual" ? run.lines : []) {
      if (payout.paidAt === null)
        await patiently("manual transfer", () => client.call(markManualTransferPaid, { params: { payoutId: payout.id } }));
    }
  }
}

export async function paidRuns(client: Client): Promise<readonly PaidRun[]> {
  const { rows } = await patiently("payout runs", () => client.call(listPayoutRuns, { query: { limit: 200 } }));
  return rows.map(({ id, rail, total, payouts, state }) => ({
    id,
    rail,
    currency: total.currency,
    totalMinor: total.minor,
    payouts,
    state,
  }));
}

export type Documents = {
  readonly count: number;
  readonly grossByCurrency: Readonly<Record<string, bigint>>;
  readonly paidByCurrency: Readonly<Record<string, bigint>>;
  readonly openByCurrency: Readonly<Record<string, bigint>>;
  readonly waiting: readonly {
    readonly supplier: string;
    readonly currency: string;
    readonly netMinor: bigint;
    readonly reasons: readonly string[];
  }[];
};

/** All documents in the merchant's name; with `saveTo` their files are kept there for a check by other tools. */
export async function issuedDocuments(client: Client, saveTo: string | undefined): Promise<Documents> {
  const gross: Record<string, bigint> = {};
  const paid: Record<string, bigint> = {};
  const open: Record<string, bigint> = {};
  let count = 0;
  let after: string | undefined;
  do {
    const page = await patiently("documents", () =>
      client.call(listDocuments, { query: { side: "issued", limit: 200, ...(after ? { after } : {}) } }),
    );
    for (const row of page.rows) {
      count += 1;
      const { currency, minor } = row.gross;
      gross[currency] = (gross[currency] ?? 0n) + minor;
      const settled = row.settlement === "paid" ? paid : open;
      settled[currency] = (settled[currency] ?? 0n) + minor;
      if (saveTo) for (const format of ["xml", "pdf"] as const) await saveDocument(client, saveTo, row.id, row.number, format);
    }
    after = page.next ?? undefined;
  } while (after);
  const { rows } = await patiently("waiting statements", () => client.call(listWaitingStatements));
  const waiting = rows.map(({ supplier, net, reasons }) => ({
    supplier: supplier.name,
    currency: net.currency,
    netMinor: net.minor,
    reasons: reasons.map(({ kind }) => kind),
  }));
  return { count, grossByCurrency: gross, paidByCurrency: paid, openByCurrency: open, waiting };
}

async function saveDocument(
  client: Client,
  folder: string,
  documentId: `doc_${string}`,
  number: string,
  format: "xml" | "pdf",
): Promise<void> {
  const file = await patiently(`document ${number}`, () => client.call(downloadDocument, { params: { documentId, format } }));
  await save(folder, `${number.replaceAll(/[^\w.-]/g, "_")}.${format}`, file.bytes);
}

async function save(folder: string | undefined, name: string, bytes: Uint8Array | string): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), bytes);
}
