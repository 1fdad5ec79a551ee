import type { Position } from "@biotop/contracts";
import type { ConversionId, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import type { Conversion, ConversionKey } from "../domain/conversion.ts";
import { type ConversionDbRow, conversionColumns, conversionOf, rateText } from "./conversion-rows.ts";

export type KnownConversion = { readonly id: ConversionId; readonly contentHash: string; readonly pricing: string } & ConversionKey;

/** Which of these identities are stored. */
export async function findByKeys(tx: Tx, keys: readonly ConversionKey[]): Promise<readonly KnownConversion[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<KnownConversion>(
    `select c.id, c.content_hash as "contentHash", c.pricing, c.programme_id as programme, c.order_id as "orderId", c.event, c.category
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as k(programme, order_id, event, category)
     join transactions.conversion c
       on c.programme_id = k.programme and c.order_id = k.order_id and c.event = k.event and c.category = k.category`,
    [keys.map((key) => key.programme), keys.map((key) => key.orderId), keys.map((key) => key.event), keys.map((key) => key.category)],
    "transactions-find-by-keys",
  );
  return rows;
}

/** Locks conversions, always in the order of their ids. Positions are loaded where asked for. */
export async function lockConversions(
  tx: Tx,
  ids: readonly ConversionId[],
  withPositions: boolean | ((row: ConversionDbRow) => boolean),
): Promise<readonly Conversion[]> {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<ConversionDbRow>(
    `select ${conversionColumns} from transactions.conversion c where c.id = any($1::text[]) order by c.id for update`,
    [ids],
    "transactions-lock-conversions",
  );
  const wanted = rows.filter((row) => (typeof withPositions === "boolean" ? withPositions : withPositions(row))).map((row) => row.id);
  const positions = await positionsOf(tx, wanted);
  return rows.map((row) => conversionOf(row, positions.get(row.id) ?? []));
}

export async function positionsOf(tx: Tx, ids: readonly ConversionId[]): Promise<ReadonlyMap<ConversionId, readonly Position[]>> {
  const found = new Map<ConversionId, Position[]>();
  if (ids.length === 0) return found;
  type Row = {
    readonly conversion_id: ConversionId;
    readonly index: number;
    readonly sku: string | null;
    readonly item_group: string | null;
    readonly category: string | null;
    readonly quantity: number;
    readonly net_minor: bigint;
  };
  const { rows } = await tx.query<Row>(
    `select conversion_id, index, sku, item_group, category, quantity, net_minor from transactions.position
     where conversion_id = any($1::text[]) order by conversion_id, index`,
    [ids],
    "transactions-positions",
  );
  for (const row of rows) {
    const list = found.get(row.conversion_id) ?? [];
    list.push({
      index: row.index,
      ...(row.sku === null ? {} : { sku: row.sku }),
      ...(row.item_group === null ? {} : { group: row.item_group }),
      ...(row.category === null ? {} : { category: row.category }),
      quantity: row.quantity,
      netMinor: row.net_minor,
    });
    found.set(row.conversion_id, list);
  }
  return found;
}

export type NewConversion = { readonly conversion: Conversion; readonly contentHash: string; readonly parties: readonly OrgId[] };

export async function insertConversions(tx: Tx, all: readonly NewConversion[]): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(read: (each: NewConversion) => T) => all.map(read);
  const by = (each: NewConversion) => (each.conversion.pricing.state === "priced" ? each.conversion.pricing.by : undefined);
  await tx.query(
    `insert into transactions.conversion (id, org_id, programme_id, order_id, event, category, receipt, content_hash, occurred_at,
       received_at, day, currency, reported_minor, value_minor, customer_status, vouchers, country, click_ids, reported_status,
       pricing, pricing_reason, validation, reason, deadline_at, version, partner_id, sub1, payer_org, contract_id,
       contract_version_id, settlement_currency, cost_minor, rate, rate_date, parties)
     select id, org, programme, order_id, event, category, receipt, hash, occurred_at, received_at, day, currency, reported, value,
       customer, array(select jsonb_array_elements_text(vouchers)), country, array(select jsonb_array_elements_text(clicks)), status,
       pricing, pricing_reason, validation, reason, deadline, version, partner, sub1, payer, contract, contract_version, settlement,
       cost, rate, rate_date, string_to_array(parties, ',')
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
       $10::timestamptz[], $11::date[], $12::text[], $13::bigint[], $14::bigint[], $15::text[], $16::jsonb[], $17::text[], $18::jsonb[],
       $19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::timestamptz[], $25::integer[], $26::text[], $27::text[],
       $28::text[], $29::text[], $30::text[], $31::text[], $32::bigint[], $33::text[], $34::date[], $35::text[])
     as c(id, org, programme, order_id, event, category, receipt, hash, occurred_at, received_at, day, currency, reported, value,
       customer, vouchers, country, clicks, status, pricing, pricing_reason, validation, reason, deadline, version, partner, sub1,
       payer, contract, contract_version, settlement, cost, rate, rate_date, parties)`,
    [
      column(({ conversion }) => conversion.id),
      column(({ conversion }) => conversion.org),
      column(({ conversion }) => conversion.report.programme),
      column(({ conversion }) => conversion.report.orderId),
      column(({ conversion }) => conversion.report.event),
      column(({ conversion }) => conversion.report.category),
      column(({ conversion }) => conversion.receipt),
      column(({ contentHash }) => contentHash),
      column(({ conversion }) => conversion.report.occurredAt),
      column(({ conversion }) => conversion.receivedAt),
      column(({ conversion }) => conversion.day),
      column(({ conversion }) => conversion.report.currency),
      column(({ conversion }) => conversion.report.netMinor),
      column(({ conversion }) => conversion.valueMinor),
      column(({ conversion }) => conversion.report.customerStatus ?? null),
      column(({ conversion }) => JSON.stringify(conversion.report.vouchers)),
      column(({ conversion }) => conversion.report.country ?? null),
      column(({ conversion }) => JSON.stringify(conversion.report.clickIds)),
      column(({ conversion }) => conversion.report.status),
      column(({ conversion }) => conversion.pricing.state),
      column(({ conversion }) => pricingReason(conversion)),
      column(({ conversion }) => conversion.validation),
      column(({ conversion }) => conversion.reason ?? null),
      column(({ conversion }) => conversion.deadline ?? null),
      column(({ conversion }) => conversion.version),
      column((each) => by(each)?.partner ?? null),
      column(({ conversion }) => conversion.sub1),
      column((each) => by(each)?.payer ?? null),
      column((each) => by(each)?.contract ?? null),
      column((each) => by(each)?.contractVersion ?? null),
      column((each) => by(each)?.currency ?? null),
      column(({ conversion }) => conversion.costMinor),
      column((each) => textOfRate(each.conversion)),
      column((each) => by(each)?.rateDate ?? null),
      column(({ parties }) => parties.join(",")),
    ],
    "transactions-insert-conversions",
  );
}

function pricingReason({ pricing }: Conversion): string | null {
  return pricing.state === "waiting" || pricing.state === "unattributed" ? pricing.reason : null;
}

function textOfRate({ pricing }: Conversion): string | null {
  return pricing.state === "priced" ? rateText(pricing.by.rate) : null;
}

export async function insertPositions(
  tx: Tx,
  all: readonly { readonly id: ConversionId; readonly org: OrgId; readonly positions: readonly Position[] }[],
): Promise<void> {
  const ids: string[] = [];
  const indexes: number[] = [];
  const orgs: string[] = [];
  const skus: (string | null)[] = [];
  const groups: (string | null)[] = [];
  const categories: (string | null)[] = [];
  const quantities: number[] = [];
  const nets: bigint[] = [];
  for (const { id, org, positions } of all) {
    for (const position of positions) {
      ids.push(id);
      indexes.push(position.index);
      orgs.push(org);
      skus.push(position.sku ?? null);
      groups.push(position.group ?? null);
      categories.push(position.category ?? null);
      quantities.push(position.quantity);
      nets.push(position.netMinor);
    }
  }
  if (ids.length === 0) return;
  await tx.query(
    `insert into transactions.position (conversion_id, index, org_id, sku, item_group, category, quantity, net_minor)
     select * from unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[], $8::bigint[])`,
    [ids, indexes, orgs, skus, groups, categories, quantities, nets],
    "transactions-insert-positions",
  );
}

/** Writes what a change may touch; who may see the conversion only grows. */
export async function updateConversions(
  tx: Tx,
  all: readonly { readonly conversion: Conversion; readonly parties: readonly OrgId[] }[],
): Promise<void> {
  if (all.length === 0) return;
  const column = <T>(read: (conversion: Conversion) => T) => all.map(({ conversion }) => read(conversion));
  const by = (conversion: Conversion) => (conversion.pricing.state === "priced" ? conversion.pricing.by : undefined);
  await tx.query(
    `update transactions.conversion c set value_minor = n.value, pricing = n.pricing, pricing_reason = n.pricing_reason,
       validation = n.validation, reason = n.reason, deadline_at = n.deadline, version = n.version, partner_id = n.partner,
       sub1 = n.sub1, payer_org = n.payer, contract_id = n.contract, contract_version_id = n.contract_version,
       settlement_currency = n.settlement, cost_minor = n.cost, rate = n.rate, rate_date = n.rate_date, retry = false,
       parties = array(select distinct party from unnest(c.parties || string_to_array(n.parties, ',')) as party where party <> '' order by party)
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::integer[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::bigint[], $16::text[], $17::date[], $18::text[])
     as n(id, value, pricing, pricing_reason, validation, reason, deadline, version, partner, sub1, payer, contract, contract_version,
       settlement, cost, rate, rate_date, parties)
     where c.id = n.id`,
    [
      column((each) => each.id),
      column((each) => each.valueMinor),
      column((each) => each.pricing.state),
      column(pricingReason),
      column((each) => each.validation),
      column((each) => each.reason ?? null),
      column((each) => each.deadline ?? null),
      column((each) => each.version),
      column((each) => by(each)?.partner ?? null),
      column((each) => each.sub1),
      column((each) => by(each)?.payer ?? null),
      column((each) => by(each)?.contract ?? null),
      column((each) => by(each)?.contractVersion ?? null),
      column((each) => by(each)?.currency ?? null),
      column((each) => each.costMinor),
      column(textOfRate),
      column((each) => by(each)?.rateDate ?? null),
      all.map(({ parties }) => parties.join(",")),
    ],
    "transactions-update-conversions",
  );
}

/** The orders of a programme that are stored, in any category. */
export async function storedOrders(tx: Tx, programme: ProgrammeId, event: string, orderIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.query<{ order_id: string }>(
    "select distinct order_id from transactions.conversion where programme_id = $1 and event = $2 and order_id = any($3::text[])",
    [programme, event, orderIds],
  );
  return rows.map((row) => row.order_id);
}
