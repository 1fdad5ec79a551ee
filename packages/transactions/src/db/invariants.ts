import type { InvariantCheck } from "@biotop/platform/module";

function check(id: string, statement: string, sql: string): InvariantCheck {
  return {
    id,
    statement,
    violations: async (tx) => {
      const { rows } = await tx.query<{ text: string }>(`${sql} limit 20`);
      return rows.map((row) => row.text);
    },
  };
}

const paidByLine = `select conversion_id, sum(amount_minor) as total from transactions.commission_line where stage <> 'declined' group by conversion_id`;

/** What `biotop verify` reads over all conversions. */
export const transactionsInvariants: readonly InvariantCheck[] = [
  check(
    "transactions.cost-is-sum-of-lines",
    "The payer's cost of a conversion is exactly what all payees get.",
    `select c.id || ': cost ' || c.cost_minor || ', lines ' || coalesce(l.total, 0) as text
     from transactions.conversion c left join (${paidByLine}) l on l.conversion_id = c.id
     where c.cost_minor <> coalesce(l.total, 0)`,
  ),
  check(
    "transactions.positions-sum-up",
    "The positions of a conversion sum up to its reported value.",
    `select c.id || ': ' || c.reported_minor || ' reported, ' || p.total || ' in positions' as text
     from transactions.conversion c join (select conversion_id, sum(net_minor) as total from transactions.position group by conversion_id) p
       on p.conversion_id = c.id where p.total <> c.reported_minor`,
  ),
  check(
    "transactions.versions-gapless",
    "The versions of a conversion run from one without a gap.",
    `select c.id || ': version ' || c.version || ', changes ' || coalesce(h.changes, 0) as text
     from transactions.conversion c
     left join (select conversion_id, count(*) as changes, max(no) as last from transactions.conversion_change group by conversion_id) h
       on h.conversion_id = c.id
     where c.version <> 1 + coalesce(h.changes, 0) or c.version <> coalesce(h.last, 1)`,
  ),
  check(
    "transactions.only-priced-have-lines",
    "Only a priced conversion has commission lines, and it has one for its earner.",
    `select c.id || ': ' || c.pricing as text from transactions.conversion c
     where (c.pricing = 'priced') <> exists (
       select from transactions.commission_line l where l.conversion_id = c.id and l.payee_org = c.partner_id and l.kind = 'commission')`,
  ),
  check(
    "transactions.line-in-one-document",
    "A commission line is in at most one document, and only when it is approved; a correction names a billed line.",
    `select l.id || ': ' || l.settlement as text from transactions.commission_line l
     left join transactions.commission_line billed on billed.id = l.corrects
     where (l.settlement <> 'unbilled' and (l.document_id is null or l.stage <> 'approved'))
       or (l.corrects is not null and (billed.id is null or billed.settlement = 'unbilled'))`,
  ),
  check(
    "transactions.nothing-set-aside",
    "Every report and change that was acknowledged could be worked off.",
    `select receipt as text from transactions.pending where try_after > received_at + interval '4 minutes'`,
  ),
  check(
    "transactions.rollups-are-facts",
    "The daily sums are those of the conversions and lines.",
    `with facts as (
       select c.org_id, c.programme_id, coalesce(c.partner_id, '') as partner_id, coalesce(c.partner_id, '') as payee_org, c.sub1, c.day,
         c.currency, coalesce(c.settlement_currency, '') as settlement_currency, 1 as conversions,
         (c.validation in ('open', 'held'))::int as open_count, (c.validation in ('approved', 'adjusted'))::int as approved_count,
         (c.validation = 'declined')::int as declined_count,
         case when c.validation = 'declined' then 0 else c.value_minor end as value_minor, 0 as open_minor, 0 as approved_minor
       from transactions.conversion c where c.pricing <> 'test'
       union all
       select c.org_id, c.programme_id, l.partner_id, l.payee_org, c.sub1, c.day, c.currency, l.currency, 0, 0, 0, 0, 0,
         case when l.stage = 'open' then l.amount_minor else 0 end, case when l.stage = 'approved' then l.amount_minor else 0 end
       from transactions.commission_line l join transactions.conversion c on c.id = l.conversion_id
       union all
       select org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency, -conversions, -open_count,
         -approved_count, -declined_count, -value_minor, -open_minor, -approved_minor from transactions.money_day)
     select programme_id || ' ' || partner_id || ' ' || payee_org || ' ' || day as text from facts
     group by org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency
     having sum(conversions) <> 0 or sum(open_count) <> 0 or sum(approved_count) <> 0 or sum(declined_count) <> 0
       or sum(value_minor) <> 0 or sum(open_minor) <> 0 or sum(approved_minor) <> 0`,
  ),
];
