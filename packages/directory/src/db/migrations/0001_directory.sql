-- Why: organisations, their members, legal, tax and bank data, and properties. Lock risk: none (new tables).
-- Way back: drop schema directory cascade.
create schema directory;
grant usage on schema directory to biotop_app;

-- Names and capabilities are public within the instance; only the organisation itself and the system change them.
create table directory.organisation (
  id text primary key check (id like 'org\_%'),
  name text not null check (name <> ''),
  country text not null check (country ~ '^[A-Z]{2}$'),
  language text not null check (language in ('de', 'en')),
  time_zone text not null,
  capabilities text[] not null default '{}'
    check (capabilities <@ array['sell', 'promote', 'manage', 'network', 'technology', 'services']),
  is_operator boolean not null default false,
  -- Public on purpose: partners may know whether one person approves payouts alone.
  member_count integer not null default 0 check (member_count >= 0),
  created_at timestamptz not null
);
-- directory.one-operator
create unique index organisation_one_operator on directory.organisation (is_operator) where is_operator;
create index organisation_by_name on directory.organisation (name, id);
alter table directory.organisation enable row level security;
alter table directory.organisation force row level security;
create policy organisation_read on directory.organisation for select using (true);
create policy organisation_add on directory.organisation for insert with check (platform.may_see(id));
create policy organisation_change on directory.organisation for update using (platform.may_see(id)) with check (platform.may_see(id));
grant select, insert, update on directory.organisation to biotop_app;

create table directory.member (
  org_id text not null references directory.organisation (id),
  user_id text not null check (user_id like 'usr\_%'),
  role text not null check (role in ('owner', 'admin', 'manager', 'finance', 'developer', 'viewer')),
  since timestamptz not null,
  primary key (org_id, user_id)
);
create index member_by_user on directory.member (user_id);
alter table directory.member enable row level security;
alter table directory.member force row level security;
create policy member_own on directory.member using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update, delete on directory.member to biotop_app;

create table directory.legal_entity (
  org_id text primary key references directory.organisation (id),
  legal_name text not null,
  street text not null,
  postal_code text not null,
  city text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  vat_status text not null check (vat_status in ('regular', 'small-business', 'foreign-business', 'unknown')),
  vat_status_since date,
  vat_id text,
  tax_number text,
  registration_number text,
  changed_at timestamptz not null
);
alter table directory.legal_entity enable row level security;
alter table directory.legal_entity force row level security;
create policy legal_entity_own on directory.legal_entity using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on directory.legal_entity to biotop_app;

create table directory.bank_account (
  org_id text not null references directory.organisation (id),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  holder text not null,
  iban text check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  bic text check (bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
  account_text text,
  changed_at timestamptz not null,
  primary key (org_id, currency),
  -- directory.account-reachable
  constraint account_reachable check (iban is not null or (account_text is not null and currency <> 'EUR'))
);
alter table directory.bank_account enable row level security;
alter table directory.bank_account force row level security;
create policy bank_account_own on directory.bank_account using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on directory.bank_account to biotop_app;

create table directory.property (
  id text primary key check (id like 'ppt\_%'),
  org_id text not null references directory.organisation (id),
  name text not null,
  url text not null,
  type text not null,
  created_at timestamptz not null,
  unique (org_id, url)
);
alter table directory.property enable row level security;
alter table directory.property force row level security;
create policy property_read on directory.property for select using (true);
create policy property_add on directory.property for insert with check (platform.may_see(org_id));
grant select, insert on directory.property to biotop_app;
