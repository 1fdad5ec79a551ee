-- Why: who earned a conversion and why, one row per conversion and version. Lock risk: none (new tables).
-- Way back: drop schema attribution.
create schema attribution;
grant usage on schema attribution to biotop_app;

create table attribution.record (
  conversion_id text not null,
  version integer not null check (version >= 1),
  programme_id text not null,
  merchant_id text not null,
  -- The winner; all four are there or none is.
  partner_id text,
  click_id text,
  link_id text,
  contract_version_id text,
  model_code text not null,
  model_version integer not null,
  explanation jsonb not null,
  attributed_at timestamptz not null,
  primary key (conversion_id, version),
  constraint winner_is_whole check (num_nulls(partner_id, click_id, link_id, contract_version_id) in (0, 4))
);
create index record_by_click on attribution.record (click_id) where click_id is not null;

-- Rows are facts: they are added, never changed.
grant select, insert on attribution.record to biotop_app;

alter table attribution.record enable row level security;
alter table attribution.record force row level security;
create policy parties on attribution.record
  using (platform.may_see_any(array[merchant_id, partner_id])) with check (platform.may_see_any(array[merchant_id, partner_id]));
