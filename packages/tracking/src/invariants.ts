import type { InvariantCheck } from "@biotop/platform/module";

export const trackingInvariants: readonly InvariantCheck[] = [
  {
    id: "tracking.day-sums",
    statement: "The daily sums equal the counts of the stored clicks.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ example: string }>(
        `with counted as (
           select programme_id, partner_id, link_id, coalesce(sub_ids->>'sub1', '') as sub1, day,
             count(*) filter (where not is_bot) as clicks, count(*) filter (where is_bot) as bots
           from tracking.click group by 1, 2, 3, 4, 5
         )
         select concat_ws(' ', programme_id, link_id, sub1, day) as example
         from counted full join tracking.click_day as kept using (programme_id, partner_id, link_id, sub1, day)
         where (counted.clicks, counted.bots) is distinct from (kept.clicks, kept.bots) limit 20`,
      );
      return rows.map((row) => row.example);
    },
  },
  {
    id: "tracking.click-of-link",
    statement: "Every click belongs to a link of the same programme, partner and merchant.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        `select click.id from tracking.click left join tracking.link on link.id = click.link_id
         where (link.programme_id, link.partner_id, link.merchant_id)
           is distinct from (click.programme_id, click.partner_id, click.merchant_id) limit 20`,
      );
      return rows.map((row) => row.id);
    },
  },
];
