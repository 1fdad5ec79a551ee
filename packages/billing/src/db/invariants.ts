import type { InvariantCheck } from "@biotop/platform/module";

/** Checked over the whole store by `biotop verify`; each is a row of docs/invariants.md. */
export const billingInvariants: readonly InvariantCheck[] = [
  check(
    "billing.document-sums",
    "A document's net is the sum of its positions, each position the sum of its commission lines, and its journal has the same net.",
    `select document.id || ': ' || document.net_minor as row from billing.document document
     where document.net_minor <> (select sum(net_minor) from billing.document_line line where line.document_id = document.id)
       or exists (select from billing.document_line line where line.document_id = document.id and line.net_minor <>
         (select coalesce(sum(amount_minor), 0) from billing.document_item item
          where item.document_id = line.document_id and item.position = line.position))
       or document.gross_minor is distinct from (select sum(posting.amount_minor) from ledger.entry entry
         join ledger.posting posting on posting.entry_id = entry.id join ledger.account account on account.id = posting.account_id
         where entry.cause_ref = document.id and account.code = 'memo:due')
     limit 20`,
  ),
  check(
    "billing.numbers-gapless",
    "The numbers of a series run from one to its last without a gap.",
    `select range.issuer_org || ' ' || range.series as row from billing.number_range range
     where range.last <> (select count(*) from billing.document document
         where document.issuer_org = range.issuer_org and document.series = range.series)
       or range.last is distinct from (select max(counter) from billing.document document
         where document.issuer_org = range.issuer_org and document.series = range.series)
     limit 20`,
  ),
  check(
    "billing.archive-unchanged",
    "Every document has a PDF and an XML file whose bytes have the archived hash.",
    `select document.id as row from billing.document document
     where 2 <> (select count(*) from billing.document_file file where file.document_id = document.id
       and encode(sha256(file.bytes), 'hex') = file.sha256)
     limit 20`,
  ),
  check(
    "billing.payout-sums",
    "A payout pays exactly its documents' gross amounts, and a run exactly its payouts.",
    `select payout.id as row from billing.payout payout
     where payout.amount_minor <> (select sum(part.gross_minor) from billing.payout_document part where part.payout_id = payout.id)
       or exists (select from billing.payout_document part join billing.document document on document.id = part.document_id
         where part.payout_id = payout.id and part.gross_minor <> document.gross_minor)
     union all
     select run.id from billing.payout_run run
     where run.total_minor <> (select sum(amount_minor) from billing.payout payout where payout.run_id = run.id)
     limit 20`,
  ),
  check(
    "billing.line-once",
    "A commission line stands in at most one document, and in the position that transactions names.",
    `select item.line_id as row from billing.document_item item
     left join transactions.commission_line line on line.id = item.line_id
     where line.id is null or line.document_id is distinct from item.document_id
       or line.document_position is distinct from item.position or line.amount_minor <> item.amount_minor
     union all
     select line.id from transactions.commission_line line
     where line.document_id is not null and not exists (select from billing.document_item item where item.line_id = line.id)
     limit 20`,
  ),
  check(
    "billing.four-eyes",
    "Nobody approves a run that they or a key of theirs made, but for the recorded exception of a single member; what is paid was approved.",
    `select run.id as row from billing.payout_run run
     where not run.is_approved_alone and ((run.approved_by = run.made_by and run.approved_by_kind = run.made_by_kind)
       or run.approved_by_person = run.made_by_person)
     union all
     select document.id from billing.document document
     left join billing.payout payout on payout.id = document.payout_id
     left join billing.payout_run run on run.id = payout.run_id
     where document.settlement = 'paid' and (payout.paid_at is null or run.state not in ('exported', 'completed'))
     limit 20`,
  ),
];

function check(id: string, statement: string, sql: string): InvariantCheck {
  return {
    id,
    statement,
    violations: async (tx) => (await tx.query<{ row: string }>(sql)).rows.map(({ row }) => row),
  };
}
