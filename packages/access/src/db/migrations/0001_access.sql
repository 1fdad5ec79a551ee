-- Why: people and how they sign in, invitations, API keys, signing authorities, the audit log. Lock risk: none (new tables).
-- Way back: drop schema access cascade.
create schema access;
grant usage on schema access to biotop_app;

-- The tables person, session, credential, verification and second_factor belong to the sign-in library, which reaches them as
-- the owner over its own connections. The app role sees what access needs and never a password hash or a second factor's secret.
create table access.person (
  id text primary key check (id like 'usr\_%'),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  language text not null default 'en' check (language in ('de', 'en')),
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
grant select, insert, update on access.person to biotop_app;

create table access.session (
  id text primary key,
  user_id text not null references access.person (id),
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  -- Until when the second factor counts as just given.
  fresh_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_by_user on access.session (user_id);
grant select, update, delete on access.session to biotop_app;

create table access.credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references access.person (id),
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index credential_by_user on access.credential (user_id);
grant insert on access.credential to biotop_app;

create table access.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp()
);
create index verification_by_identifier on access.verification (identifier);

create table access.second_factor (
  id text primary key,
  user_id text not null references access.person (id),
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamptz
);
create index second_factor_by_user on access.second_factor (user_id);

-- Failed attempts per hashed e-mail address, client address or person; real time.
create table access.attempt (
  bucket text primary key,
  count integer not null,
  window_ends_at timestamptz not null
);
grant select, insert, update, delete on access.attempt to biotop_app;

create table access.setup_token (
  is_single boolean primary key default true check (is_single),
  token_sha256 text not null,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz
);
grant select, insert, update on access.setup_token to biotop_app;

create table access.invitation (
  id text primary key check (id like 'inv\_%'),
  org_id text not null,
  kind text not null check (kind in ('member', 'partner', 'owner')),
  -- The organisation that the invited person joins; a partner brings its own.
  joins_org text,
  email text not null check (email = lower(email)),
  role text not null,
  organisation_name text,
  country text,
  language text not null check (language in ('de', 'en')),
  offer_id text,
  token_sha256 text not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  accepted_org text,
  revoked_at timestamptz,
  constraint joins_or_brings check ((kind = 'partner') = (joins_org is null)),
  constraint accepted_or_revoked check (accepted_at is null or revoked_at is null)
);
create index invitation_by_org on access.invitation (org_id, id desc);
create index invitation_by_joined on access.invitation (joins_org) where joins_org is not null;
alter table access.invitation enable row level security;
alter table access.invitation force row level security;
create policy invitation_own on access.invitation using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on access.invitation to biotop_app;

create table access.api_key (
  id text primary key check (id like 'key\_%'),
  org_id text not null,
  name text not null,
  secret_sha256 text not null check (secret_sha256 ~ '^[0-9a-f]{64}$'),
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_key_by_org on access.api_key (org_id, id desc);
alter table access.api_key enable row level security;
alter table access.api_key force row level security;
create policy api_key_own on access.api_key using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on access.api_key to biotop_app;

create table access.signing_authority (
  id text primary key check (id like 'sga\_%'),
  org_id text not null,
  key_id text not null references access.api_key (id),
  user_id text not null references access.person (id),
  -- null: any programme
  programmes text[],
  limit_ppm bigint not null check (limit_ppm between 0 and 1000000),
  limit_fixed_minor bigint check (limit_fixed_minor >= 0),
  limit_fixed_currency text,
  granted_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint fixed_has_currency check ((limit_fixed_minor is null) = (limit_fixed_currency is null)),
  constraint ends_after_start check (expires_at > granted_at)
);
create index signing_authority_by_key on access.signing_authority (key_id);
alter table access.signing_authority enable row level security;
alter table access.signing_authority force row level security;
create policy signing_authority_own on access.signing_authority using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on access.signing_authority to biotop_app;

-- access.audit-append-only: no update, no delete for the app role; each entry carries the hash of the one before.
create table access.audit_entry (
  org_id text not null,
  number bigint not null check (number > 0),
  id text not null unique,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'key', 'system')),
  actor_id text,
  action text not null,
  subject text not null,
  facts text not null,
  previous_hash text not null,
  hash text not null,
  primary key (org_id, number)
);
alter table access.audit_entry enable row level security;
alter table access.audit_entry force row level security;
create policy audit_entry_own on access.audit_entry using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert on access.audit_entry to biotop_app;

-- The end of each chain: the row that makes writers of one organisation wait for each other.
create table access.audit_head (
  org_id text primary key,
  number bigint not null,
  hash text not null
);
alter table access.audit_head enable row level security;
alter table access.audit_head force row level security;
create policy audit_head_own on access.audit_head using (platform.may_see(org_id)) with check (platform.may_see(org_id));
grant select, insert, update on access.audit_head to biotop_app;
