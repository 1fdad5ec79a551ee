import { hash } from "node:crypto";
import { epochMs, type Id, type Instant, type Json, type OrgId, type ProgrammeId } from "@biotop/kernel";
import { isClickIdOf, verifyClickId } from "@biotop/tracking-protocol";
import {
  type ConversionChange,
  type ConversionPosition,
  type ConversionReceipt,
  type ConversionRefusalCode,
  type ConversionRow,
  conversionChange,
  conversionRow,
} from "@biotop/wire";
import { z } from "zod";
import type { CompiledTable } from "../route-table/compiled-table.ts";
import { fieldErrors } from "./problems.ts";

export type CheckedRow =
  | { readonly answer: Extract<ConversionReceipt, { status: "received" }>; readonly body: Json }
  | { readonly answer: Extract<ConversionReceipt, { status: "refused" }>; readonly body?: undefined };

export type RowCheck = {
  readonly table: CompiledTable;
  readonly org: OrgId;
  readonly op: "report" | "change";
  /** Business time. */
  readonly at: Instant;
  /** How many MACs may still be computed in this request to tell foreign ids from forged ones. */
  readonly budget: { macs: number };
};

export const macsPerRequestMax = 20_000;
const futureMsMax = 86_400_000;

/** What can be said about a row without the store: schema, programme, sums, currency, click ids. */
export function checkRow(check: RowCheck, raw: unknown, index: number): CheckedRow {
  const pointer = `/rows/${index}`;
  const parsed = check.op === "report" ? conversionRow.safeParse(raw) : conversionChange.safeParse(raw);
  if (!parsed.success) return refusedBySchema(parsed.error, pointer);
  const row = parsed.data;
  const refusal =
    programmeRefusal(check, row.programme, pointer) ??
    timeRefusal(check, row.occurredAt, pointer) ??
    ("op" in row ? changeRefusal(row, pointer) : reportRefusal(check, row, pointer));
  if (refusal) return refusal;

  // The schema writes its fields in its own order: the same content has the same text, whatever the order of the request.
  const body = (
    check.op === "report" ? z.encode(conversionRow, row as ConversionRow) : z.encode(conversionChange, row as ConversionChange)
  ) as Json;
  return { answer: { status: "received", receipt: receiptOf(check, JSON.stringify(body)) }, body };
}

function receiptOf({ org, op }: RowCheck, body: string): Id<"rcp"> {
  return `rcp_${hash("sha256", `${org}\n${op}\n${body}`, "hex").slice(0, 40)}`;
}

function refused(code: ConversionRefusalCode, errors: readonly { pointer: string; detail: string }[]): CheckedRow {
  return { answer: { status: "refused", code, errors: errors.map(({ pointer, detail }) => ({ pointer, detail })) } };
}

/** The first wrong currency or amount names the refusal; all wrong fields are listed. */
function refusedBySchema(error: z.ZodError, pointer: string): CheckedRow {
  const errors = fieldErrors(error, pointer);
  if (errors.some((each) => each.pointer.endsWith("/currency"))) return refused("unknown-currency", errors);
  if (errors.some((each) => each.detail === "not negative")) return refused("negative-amount", errors);
  return refused("invalid-field", errors);
}

function programmeRefusal({ table, org }: RowCheck, id: ProgrammeId, pointer: string): CheckedRow | undefined {
  const programme = table.programmes.get(id);
  if (!programme) return refused("unknown-programme", [{ pointer: `${pointer}/programme`, detail: "no programme of this instance" }]);
  if (programme.source.merchant === org) return undefined;
  return refused("foreign-programme", [
    { pointer: `${pointer}/programme`, detail: "the programme of another organisation than the key's" },
  ]);
}

function timeRefusal({ at }: RowCheck, occurredAt: Instant, pointer: string): CheckedRow | undefined {
  if (epochMs(occurredAt) <= epochMs(at) + futureMsMax) return undefined;
  return refused("occurred-in-future", [{ pointer: `${pointer}/occurredAt`, detail: `more than 24 hours after ${at}` }]);
}

function reportRefusal(check: RowCheck, row: ConversionRow, pointer: string): CheckedRow | undefined {
  return sumRefusal(row.amountMinor, row.positions, pointer) ?? clickRefusal(check, row, pointer);
}

function changeRefusal(change: ConversionChange, pointer: string): CheckedRow | undefined {
  return change.op === "amount" ? sumRefusal(change.amountMinor, change.positions, pointer) : undefined;
}

/** Positions sum to the amount; one minor unit either way is the shop's own rounding. */
function sumRefusal(amountMinor: bigint, positions: readonly ConversionPosition[] | undefined, pointer: string): CheckedRow | undefined {
  if (!positions) return undefined;
  const sum = positions.reduce((total, position) => total + position.amountMinor, 0n);
  const difference = sum - amountMinor;
  if (difference >= -1n && difference <= 1n) return undefined;
  return refused("positions-do-not-sum-up", [
    { pointer: `${pointer}/positions`, detail: `the positions sum to ${sum}, the amount is ${amountMinor}` },
  ]);
}

function clickRefusal(check: RowCheck, row: ConversionRow, pointer: string): CheckedRow | undefined {
  for (const [index, id] of row.clickIds.entries()) {
    if (isClickIdOf(check.table.signers, id, row.programme)) continue;
    const others = [...check.table.programmes.keys()].filter((other) => other !== row.programme).slice(0, check.budget.macs);
    const verified = verifyClickId(check.table.signers, id, row.programme, others);
    if (verified.ok) continue;
    check.budget.macs -= others.length;
    const detail = verified.error === "foreign-click-id" ? "a click of another programme" : "no click id of this instance";
    return refused(verified.error, [{ pointer: `${pointer}/clickIds/${index}`, detail }]);
  }
  return undefined;
}
