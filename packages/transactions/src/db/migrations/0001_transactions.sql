-- Why: conversions, their changes, commission lines, outcomes and daily sums. Lock risk: none (new tables).
-- Way back: drop schema transactions.
create schema transactions;
grant usage on schema transactions to biotop_app;

-- What the edge acknowledged and the pipeline has not worked off yet; a queue, not a record.
create table transactions.pending (
  position bigint generated always as identity primary key,
  receipt text not null,
  op text not null check (op in ('report', 'change')),
  org_id text not null,
  key_id text not null,
  at timestamptz not null,
  -- Real time: what a click's arrival is compared with.
  received_at timestamptz not null,
  waits_for_clicks boolean not null,
  try_after timestamptz,
  body text not null
);
alter table transactions.pending alter column body set storage external;

-- One writer at a time works the queue: outcomes keep their order.
create table transactions.gate (only_row boolean primary key default true check (only_row));
insert into transactions.gate values (true);

create table transactions.conversion (
  id text primary key,
  org_id text not null,
  programme_id text not null,
  order_id text not null,
  event text not null,
  category text not null,
  receipt text not null,
  content_hash text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  day date not null,
  currency text not null,
  reported_minor bigint not null check (reported_minor >= 0),
  value_minor bigint not null check (value_minor >= 0),
  customer_status text,
  vouchers text[] not null,
  country text,
  click_ids text[] not null,
  reported_status text not null check (reported_status in ('open', 'approved', 'declined')),
  pricing text not null check (pricing in ('waiting', 'priced', 'unattributed', 'test')),
  pricing_reason text,
  retry boolean not null default false,
  validation text not null check (validation in ('open', 'approved', 'adjusted', 'declined', 'held')),
  reason text,
  deadline_at timestamptz,
  version integer not null check (version >= 1),
  partner_id text,
  sub1 text not null default '',
  payer_org text,
  contract_id text,
  contract_version_id text,
  settlement_currency text,
  cost_minor bigint not null default 0,
  rate text,
  rate_date date,
  parties text[] not null,
  unique (programme_id, order_id, event, category),
  check (pricing <> 'priced' or (partner_id is not null and payer_org is not null and contract_id is not null
    and contract_version_id is not null and settlement_currency is not null)),
  check (deadline_at is null or (pricing = 'priced' and validation = 'open'))
);
create index conversion_by_merchant on transactions.conversion (org_id, occurred_at desc, id desc);
create index conversion_by_partner on transactions.conversion (partner_id, occurred_at desc, id desc) where partner_id is not null;
create index conversion_deadline on transactions.conversion (deadline_at) where deadline_at is not null;
create index conversion_waiting on transactions.conversion (id) where pricing = 'waiting';

-- As reported; never changed. What came back is in the changes.
create table transactions.position (
  conversion_id text not null,
  index integer not null check (index >= 0),
  org_id text not null,
  sku text,
  item_group text,
  category text,
  quantity integer not null check (quantity >= 1),
  net_minor bigint not null check (net_minor >= 0),
  primary key (conversion_id, index)
);

-- Versions of a conversion after its report; version = 1 + the number of changes.
create table transactions.conversion_change (
  conversion_id text not null references transactions.conversion (id),
  no integer not null check (no >= 2),
  org_id text not null,
  change_id text not null,
  content_hash text not null,
  op text not null,
  source text not null check (source in ('api', 'hand', 'deadline', 'system')),
  actor text,
  at timestamptz not null,
  reason text,
  body jsonb not null,
  currency text not null,
  value_before_minor bigint not null,
  value_after_minor bigint not null,
  cost_before_minor bigint not null,
  cost_after_minor bigint not null,
  primary key (conversion_id, no),
  unique (conversion_id, change_id)
);

-- One party's share of one conversion: one line for each payee and kind, and further ones that correct what was billed.
create table transactions.commission_line (
  id text primary key,
  conversion_id text not null references transactions.conversion (id),
  programme_id text not null,
  partner_id text not null,
  payer_org text not null,
  payee_org text not null,
  contract_id text not null,
  contract_version_id text not null,
  kind text not null,
  no integer not null check (no >= 1),
  currency text not null,
  amount_minor bigint not null,
  stage text not null check (stage in ('open', 'approved', 'declined')),
  billable_at timestamptz,
  settlement text not null check (settlement in ('unbilled', 'billed', 'paid')),
  document_id text,
  document_position integer,
  corrects text references transactions.commission_line (id),
  occurred_at timestamptz not null,
  trace jsonb not null,
  unique (conversion_id, payee_org, kind, no),
  check ((settlement = 'unbilled') = (document_id is null)),
  check ((document_id is null) = (document_position is null)),
  check ((stage = 'approved') = (billable_at is not null)),
  check (settlement = 'unbilled' or stage = 'approved'),
  check (stage <> 'declined' or amount_minor = 0),
  check (no > 1 or amount_minor >= 0)
);
create unique index one_unbilled_line on transactions.commission_line (conversion_id, payee_org, kind) where settlement = 'unbilled';
create index line_by_payee on transactions.commission_line (payee_org, occurred_at desc, conversion_id);
create index line_by_document on transactions.commission_line (document_id) where document_id is not null;
create index line_billable on transactions.commission_line (payer_org, payee_org, contract_id, billable_at)
  where settlement = 'unbilled' and stage = 'approved';

-- Named click ids that the store did not know when the conversion was priced; a later arrival re-attributes.
create table transactions.missing_click (
  click_id text not null,
  conversion_id text not null references transactions.conversion (id),
  since timestamptz not null,
  primary key (click_id, conversion_id)
);

create table transactions.outcome (
  position bigint generated always as identity primary key,
  org_id text not null,
  receipt text not null,
  op text not null,
  outcome text not null,
  code text,
  programme_id text not null,
  order_id text not null,
  event text not null,
  category text not null,
  change_id text,
  conversion_id text,
  partner_id text,
  currency text,
  value_minor bigint,
  cost_currency text,
  cost_minor bigint,
  at timestamptz not null
);
create index outcome_by_org on transactions.outcome (org_id, position);

-- Sums by day; one row for each payee, `payee_org` empty for conversions that nobody earns. Counts stand on the earner's row.
create table transactions.money_day (
  org_id text not null,
  programme_id text not null,
  partner_id text not null,
  payee_org text not null,
  sub1 text not null,
  day date not null,
  currency text not null,
  settlement_currency text not null,
  conversions bigint not null,
  open_count bigint not null,
  approved_count bigint not null,
  declined_count bigint not null,
  value_minor bigint not null,
  open_value_minor bigint not null,
  approved_value_minor bigint not null,
  open_minor bigint not null,
  approved_minor bigint not null,
  primary key (org_id, programme_id, partner_id, payee_org, sub1, day, currency, settlement_currency)
);
create index money_day_by_payee on transactions.money_day (payee_org, day);

grant select, insert, update, delete on transactions.pending, transactions.missing_click to biotop_app;
grant select, update on transactions.gate to biotop_app;
grant select, insert, update on transactions.conversion, transactions.commission_line, transactions.money_day to biotop_app;
grant select, insert on transactions.position, transactions.conversion_change, transactions.outcome to biotop_app;

alter table transactions.pending enable row level security;
alter table transactions.pending force row level security;
create policy pending_owner on transactions.pending using (platform.may_see(org_id)) with check (platform.may_see(org_id));

alter table transactions.conversion enable row level security;
alter table transactions.conversion force row level security;
create policy conversion_parties on transactions.conversion
  using (platform.may_see_any(parties)) with check (platform.may_see(org_id));

alter table transactions.position enable row level security;
alter table transactions.position force row level security;
create policy position_parties on transactions.position
  using (platform.may_see(org_id) or exists (select from transactions.conversion c where c.id = conversion_id))
  with check (platform.may_see(org_id));

alter table transactions.conversion_change enable row level security;
alter table transactions.conversion_change force row level security;
create policy change_parties on transactions.conversion_change
  using (platform.may_see(org_id) or exists (select from transactions.conversion c where c.id = conversion_id))
  with check (platform.may_see(org_id));

alter table transactions.commission_line enable row level security;
alter table transactions.commission_line force row level security;
create policy line_parties on transactions.commission_line
  using (platform.may_see_any(array[payer_org, payee_org])) with check (platform.may_see(payer_org));

alter table transactions.missing_click enable row level security;
alter table transactions.missing_click force row level security;
create policy missing_click_system on transactions.missing_click
  using (platform.may_see('*')) with check (platform.may_see('*'));

alter table transactions.outcome enable row level security;
alter table transactions.outcome force row level security;
create policy outcome_owner on transactions.outcome using (platform.may_see(org_id)) with check (platform.may_see(org_id));

alter table transactions.money_day enable row level security;
alter table transactions.money_day force row level security;
create policy money_day_parties on transactions.money_day
  using (platform.may_see_any(array[org_id, payee_org])) with check (platform.may_see(org_id));
