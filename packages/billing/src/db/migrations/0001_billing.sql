-- Why: documents with their archive, month ends, payout runs. Lock risk: none (new tables). Way back: drop schema billing.
create schema billing;
grant usage on schema billing to biotop_app;

-- The last number of a series; locked by the transaction that issues, so that numbers have no gap.
create table billing.number_range (
  issuer_org text not null,
  series text not null,
  last bigint not null check (last > 0),
  primary key (issuer_org, series)
);

create table billing.document (
  id text primary key,
  issuer_org text not null,
  supplier_org text not null check (supplier_org <> issuer_org),
  series text not null,
  counter bigint not null check (counter > 0),
  number text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  issued_on date not null,
  issued_at timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  net_minor bigint not null check (net_minor > 0),
  vat_minor bigint not null check (vat_minor >= 0),
  gross_minor bigint not null check (gross_minor = net_minor + vat_minor),
  threshold_minor bigint not null check (threshold_minor >= 0),
  -- The whole semantic model: the files can be made again from it, byte for byte.
  model jsonb not null,
  settlement text not null default 'open' check (settlement in ('open', 'in-payout-run', 'paid')),
  hold_reason text,
  payout_id text,
  paid_at timestamptz check ((paid_at is null) = (settlement <> 'paid')),
  unique (issuer_org, series, counter),
  unique (issuer_org, number)
);
create index document_by_supplier on billing.document (supplier_org, id desc);
create index document_by_issuer on billing.document (issuer_org, id desc);
create index document_unpaid on billing.document (issuer_org, supplier_org, currency) where settlement <> 'paid';
create index document_unpaid_by_supplier on billing.document (supplier_org) where settlement <> 'paid';

create table billing.document_line (
  document_id text not null references billing.document (id),
  position integer not null check (position > 0),
  issuer_org text not null,
  supplier_org text not null,
  contract_id text not null,
  programme text not null,
  name text not null,
  description text not null,
  transactions integer not null check (transactions > 0),
  net_minor bigint not null,
  corrects_document text references billing.document (id),
  corrects_position integer,
  primary key (document_id, position),
  foreign key (corrects_document, corrects_position) references billing.document_line (document_id, position),
  check ((corrects_document is null) = (corrects_position is null)),
  check (net_minor >= 0 or corrects_document is not null)
);

-- Which commission line stands in which position; the key lets a line into one document only.
create table billing.document_item (
  line_id text primary key,
  document_id text not null,
  position integer not null,
  amount_minor bigint not null,
  issuer_org text not null,
  supplier_org text not null,
  foreign key (document_id, position) references billing.document_line (document_id, position)
);
create index document_item_by_document on billing.document_item (document_id);

create table billing.document_file (
  document_id text not null references billing.document (id),
  format text not null check (format in ('pdf', 'xml')),
  issuer_org text not null,
  supplier_org text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea not null,
  primary key (document_id, format)
);

-- Approved money of closed months that has no document yet, and why.
create table billing.waiting_statement (
  payer_org text not null,
  payee_org text not null,
  currency text not null,
  contract_id text not null default '',
  since text not null,
  net_minor bigint not null,
  transactions integer not null,
  reasons jsonb not null,
  primary key (payer_org, payee_org, currency, contract_id)
);

create table billing.month_end (
  payer_org text not null,
  time_zone text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  due_at timestamptz not null,
  issued_at timestamptz,
  prepare_due_at timestamptz not null check (prepare_due_at >= due_at),
  prepared_at timestamptz,
  primary key (payer_org, time_zone, month)
);
create index month_end_to_issue on billing.month_end (due_at) where issued_at is null;
create index month_end_to_prepare on billing.month_end (prepare_due_at) where prepared_at is null;

create table billing.payout_settings (
  org_id text primary key,
  auto_prepare_run boolean not null
);

create table billing.payout_run (
  id text primary key,
  payer_org text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  rail text not null check (rail in ('sepa', 'manual')),
  state text not null check (state in ('draft', 'approved', 'exported', 'completed', 'cancelled')),
  payer_holder text not null,
  payer_iban text,
  total_minor bigint not null check (total_minor > 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  made_by_kind text not null check (made_by_kind in ('user', 'key', 'system')),
  made_by text not null,
  made_at timestamptz not null,
  approved_by_kind text check (approved_by_kind in ('user', 'key')),
  approved_by text,
  approved_at timestamptz,
  is_approved_alone boolean not null default false,
  exported_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  file_name text,
  file_sha256 text,
  file_bytes bytea,
  check (rail <> 'sepa' or (currency = 'EUR' and payer_iban is not null)),
  check ((state in ('approved', 'exported', 'completed')) = (approved_at is not null and approved_by is not null and file_bytes is not null)),
  check ((state in ('exported', 'completed')) = (exported_at is not null)),
  -- Four eyes: the maker is not the checker, but for the recorded exception.
  check (approved_by is null or is_approved_alone or (made_by_kind, made_by) is distinct from (approved_by_kind, approved_by))
);
create index payout_run_by_payer on billing.payout_run (payer_org, id desc);

create table billing.payout (
  id text primary key,
  run_id text not null references billing.payout_run (id),
  position integer not null,
  payer_org text not null,
  payee_org text not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor > 0),
  holder text not null,
  iban text,
  account_text text,
  city text not null,
  country text not null,
  reference text not null,
  is_approved_alone boolean not null default false,
  paid_at timestamptz,
  unique (run_id, position),
  check (iban is not null or account_text is not null)
);
create index payout_by_payee on billing.payout (payee_org, id desc);

create table billing.payout_document (
  payout_id text not null references billing.payout (id),
  document_id text not null references billing.document (id),
  payer_org text not null,
  payee_org text not null,
  gross_minor bigint not null,
  -- False once its run is cancelled.
  is_active boolean not null default true,
  primary key (payout_id, document_id)
);
create unique index payout_document_once on billing.payout_document (document_id) where is_active;

grant select, insert, update, delete on billing.number_range, billing.waiting_statement, billing.month_end, billing.payout_settings
  to biotop_app;
grant select, insert on billing.document, billing.document_line, billing.document_item, billing.document_file, billing.payout,
  billing.payout_run, billing.payout_document to biotop_app;
-- What was issued stays as it was: only how it is settled changes.
grant update (settlement, hold_reason, payout_id, paid_at) on billing.document to biotop_app;
grant update (state, approved_by_kind, approved_by, approved_at, is_approved_alone, exported_at, completed_at, cancelled_at, file_name,
  file_sha256, file_bytes) on billing.payout_run to biotop_app;
grant update (is_approved_alone, paid_at) on billing.payout to biotop_app;
grant update (is_active) on billing.payout_document to biotop_app;

alter table billing.number_range enable row level security;
alter table billing.number_range force row level security;
create policy number_range_owner on billing.number_range
  using (platform.may_see(issuer_org)) with check (platform.may_see(issuer_org));
alter table billing.document enable row level security;
alter table billing.document force row level security;
create policy document_parties on billing.document
  using (platform.may_see_any(array[issuer_org, supplier_org])) with check (platform.may_see(issuer_org));
alter table billing.document_line enable row level security;
alter table billing.document_line force row level security;
create policy document_line_parties on billing.document_line
  using (platform.may_see_any(array[issuer_org, supplier_org])) with check (platform.may_see(issuer_org));
alter table billing.document_item enable row level security;
alter table billing.document_item force row level security;
create policy document_item_parties on billing.document_item
  using (platform.may_see_any(array[issuer_org, supplier_org])) with check (platform.may_see(issuer_org));
alter table billing.document_file enable row level security;
alter table billing.document_file force row level security;
create policy document_file_parties on billing.document_file
  using (platform.may_see_any(array[issuer_org, supplier_org])) with check (platform.may_see(issuer_org));
alter table billing.waiting_statement enable row level security;
alter table billing.waiting_statement force row level security;
create policy waiting_statement_parties on billing.waiting_statement
  using (platform.may_see_any(array[payer_org, payee_org])) with check (platform.may_see(payer_org));
alter table billing.month_end enable row level security;
alter table billing.month_end force row level security;
create policy month_end_owner on billing.month_end
  using (platform.may_see(payer_org)) with check (platform.may_see(payer_org));
alter table billing.payout_settings enable row level security;
alter table billing.payout_settings force row level security;
create policy payout_settings_owner on billing.payout_settings
  using (platform.may_see(org_id)) with check (platform.may_see(org_id));
alter table billing.payout_run enable row level security;
alter table billing.payout_run force row level security;
create policy payout_run_owner on billing.payout_run
  using (platform.may_see(payer_org)) with check (platform.may_see(payer_org));
alter table billing.payout enable row level security;
alter table billing.payout force row level security;
create policy payout_parties on billing.payout
  using (platform.may_see_any(array[payer_org, payee_org])) with check (platform.may_see(payer_org));
alter table billing.payout_document enable row level security;
alter table billing.payout_document force row level security;
create policy payout_document_parties on billing.payout_document
  using (platform.may_see_any(array[payer_org, payee_org])) with check (platform.may_see(payer_org));
