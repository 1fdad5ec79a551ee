import { z } from "zod";
import { currencyCode, id, instantText, integer, localDateText, localText, moneyAmount, pageOf, pageQuery } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const organisationRef = z.strictObject({ id: id("org"), name: z.string() });

/** `accrue`, `approve`, `decline`, `adjust`, `reattribute`, `document`, `pay`, … */
const cause = z.strictObject({ kind: z.string(), ref: z.string() });

const balance = z.strictObject({
  account: id("acc"),
  owner: organisationRef,
  counterparty: organisationRef.nullable(),
  code: z.string(),
  label: localText(),
  /** Debit positive: what a payer owes is positive, what a payee has coming negative. */
  balance: moneyAmount(),
  postings: integer(),
});

export const listBalances = defineEndpoint({
  id: "listBalances",
  at: "api",
  method: "GET",
  path: "/v1/ledger/balances",
  tag: "Ledger",
  summary: "Balances of the organisation's accounts",
  access: "billing:read",
  query: z.strictObject({
    code: z.string().max(60).optional(),
    counterparty: id("org").optional(),
    currency: currencyCode().optional(),
  }),
  status: 200,
  answer: z.strictObject({ rows: z.array(balance) }),
  problems: ["invalid-request"],
});

export const listLedgerEntries = defineEndpoint({
  id: "listLedgerEntries",
  at: "api",
  method: "GET",
  path: "/v1/ledger/entries",
  tag: "Ledger",
  summary: "Entries on the organisation's accounts, newest first",
  access: "billing:read",
  query: z.strictObject({
    ...pageQuery,
    account: id("acc").optional(),
    /** `cnv_…`, `doc_…` or `pay_…`. */
    ref: z.string().max(80).optional(),
  }),
  status: 200,
  answer: pageOf(
    z.strictObject({
      id: id("ent"),
      effectiveAt: instantText(),
      cause,
      reverses: id("ent").nullable(),
      postings: z.array(
        z.strictObject({
          account: id("acc"),
          owner: organisationRef,
          counterparty: organisationRef.nullable(),
          code: z.string(),
          label: localText(),
          amount: moneyAmount(),
        }),
      ),
    }),
  ),
  problems: ["invalid-request"],
});

export const trialBalance = defineEndpoint({
  id: "trialBalance",
  at: "api",
  method: "GET",
  path: "/v1/ledger/trial-balance",
  tag: "Ledger",
  summary: "Sums of the whole ledger: every currency is zero",
  access: "instance:admin",
  status: 200,
  answer: z.strictObject({
    currencies: z.array(
      z.strictObject({
        currency: currencyCode(),
        debitMinor: integer(),
        creditMinor: integer(),
        /** Zero, or the ledger is broken. */
        differenceMinor: integer(),
        entries: integer(),
        postings: integer(),
      }),
    ),
    accounts: z.array(z.strictObject({ code: z.string(), currency: currencyCode(), label: localText(), balanceMinor: integer() })),
  }),
  problems: [],
});

export const importRates = defineEndpoint({
  id: "importRates",
  at: "api",
  method: "POST",
  path: "/v1/ledger/rates",
  tag: "Ledger",
  summary: "Import exchange rates in the format of the ECB's history file",
  description:
    "`Date,USD,JPY,…`: units of each currency for one euro. Known rows are left as they are; good rows count, bad ones are named.",
  access: "instance:admin",
  body: z.strictObject({ csv: z.string().min(1).max(5_000_000) }),
  status: 200,
  answer: z.strictObject({
    added: z.number().int(),
    known: z.number().int(),
    days: z.number().int(),
    errors: z.array(z.strictObject({ row: z.number().int(), column: z.string().nullable(), code: z.string(), detail: z.string() })),
  }),
  problems: ["invalid-request", "rates-not-readable"],
});

export const listRates = defineEndpoint({
  id: "listRates",
  at: "api",
  method: "GET",
  path: "/v1/ledger/rates",
  tag: "Ledger",
  summary: "Exchange rates by day, newest first",
  access: "billing:read",
  query: z.strictObject({
    currency: currencyCode().optional(),
    to: localDateText().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(60),
  }),
  status: 200,
  answer: z.strictObject({
    rows: z.array(z.strictObject({ date: localDateText(), currency: currencyCode(), perEuro: z.string(), source: z.string() })),
    newest: localDateText().nullable(),
  }),
  problems: ["invalid-request"],
});

export const ledgerEndpoints = [
  listBalances,
  listLedgerEntries,
  trialBalance,
  importRates,
  listRates,
] as const satisfies readonly Endpoint[];
