-- Why: programmes, offers, proposals with their turns and acceptances, contracts and their immutable versions.
-- Lock risk: none (new tables). Way back: drop schema contracts.
create schema contracts;
grant usage on schema contracts to biotop_app;

create table contracts.programme (
  id text primary key,
  org_id text not null,
  name text not null,
  home_url text not null,
  hosts text[] not null check (cardinality(hosts) > 0),
  currency text not null,
  time_zone text not null,
  consent_policy text not null check (consent_policy in ('strict', 'assumed')),
  state text not null check (state in ('active', 'paused')),
  created_at timestamptz not null
);
create index programme_by_org on contracts.programme (org_id, id desc);

create table contracts.offer (
  id text primary key,
  programme_id text not null references contracts.programme (id),
  org_id text not null,
  title text not null,
  terms jsonb not null,
  parties jsonb not null,
  is_open boolean not null,
  -- The merchant's acceptance that stands with the offer; null when each proposal needs its own.
  standing_acceptance jsonb,
  state text not null check (state in ('published', 'closed')),
  -- Organisations that see the offer though it is not open: invited ones and further parties.
  visible_to text[] not null,
  created_at timestamptz not null
);
create index offer_by_programme on contracts.offer (programme_id, id desc);
create index offer_by_org on contracts.offer (org_id, id desc);

create table contracts.proposal (
  id text primary key,
  kind text not null check (kind in ('partnership')),
  programme_id text not null references contracts.programme (id),
  merchant_id text not null,
  offer_id text references contracts.offer (id),
  -- The version that it amends: contract, version, no, hash, effectiveFrom; its contract once more, to look it up by.
  amends jsonb,
  amends_contract_id text,
  opened_by text not null,
  opened_at timestamptz not null,
  changed_at timestamptz not null,
  state text not null check (state in ('draft', 'open', 'accepted', 'declined', 'withdrawn', 'expired')),
  turn integer not null check (turn >= 0),
  expires_at timestamptz,
  reason text not null,
  contract_id text,
  -- Who sees it: the opener alone while it is a draft, then the parties of the standing turn.
  party_ids text[] not null,
  -- Whose answer is missing; what "my turn" lists read.
  turn_of text[] not null,
  check ((amends is null) = (amends_contract_id is null)),
  check ((state = 'accepted') = (contract_id is not null)),
  check (state <> 'draft' or turn = 0)
);
create index proposal_by_party on contracts.proposal using gin (party_ids);
create index proposal_by_amended on contracts.proposal (amends_contract_id) where amends_contract_id is not null;
create index proposal_due on contracts.proposal (expires_at) where state = 'open' and expires_at is not null;

-- The next turn before it is handed over: only its author sees it.
create table contracts.draft (
  proposal_id text not null references contracts.proposal (id),
  org_id text not null,
  terms jsonb not null,
  parties jsonb not null,
  effective jsonb not null,
  message text not null,
  expires_at timestamptz,
  saved_at timestamptz not null,
  primary key (proposal_id, org_id)
);

-- Turns, acceptances, contracts and versions are only ever inserted.
create table contracts.turn (
  proposal_id text not null references contracts.proposal (id),
  no integer not null check (no > 0),
  by_org text not null,
  at timestamptz not null,
  message text not null,
  terms jsonb not null,
  parties jsonb not null,
  effective jsonb not null,
  document text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz,
  party_ids text[] not null,
  primary key (proposal_id, no),
  unique (proposal_id, no, hash)
);

create table contracts.acceptance (
  proposal_id text not null,
  turn_no integer not null,
  org_id text not null,
  hash text not null,
  at timestamptz not null,
  -- By a person with a second factor, by a key under a person's signing authority, or by a standing offer.
  authority jsonb not null,
  party_ids text[] not null,
  primary key (proposal_id, turn_no, org_id),
  foreign key (proposal_id, turn_no, hash) references contracts.turn (proposal_id, no, hash)
);

create table contracts.contract (
  id text primary key,
  kind text not null check (kind in ('partnership')),
  programme_id text not null references contracts.programme (id),
  payer_id text not null,
  earner_id text not null check (earner_id <> payer_id),
  created_at timestamptz not null,
  -- The parties of the first version.
  party_ids text[] not null
);
-- At most one contract for a programme and an earner: with the order of versions below, one in force at every instant.
create unique index contract_one_in_force on contracts.contract (programme_id, earner_id);
create index contract_by_party on contracts.contract using gin (party_ids);

create table contracts.version (
  id text primary key,
  contract_id text not null references contracts.contract (id),
  no integer not null check (no > 0),
  proposal_id text not null,
  turn_no integer not null,
  parties jsonb not null,
  terms jsonb not null,
  document text not null,
  hash text not null,
  concluded_at timestamptz not null,
  effective_from timestamptz not null check (effective_from >= concluded_at),
  previous_no integer,
  previous_effective_from timestamptz,
  party_ids text[] not null,
  unique (contract_id, no),
  unique (contract_id, no, effective_from),
  unique (proposal_id),
  foreign key (proposal_id, turn_no, hash) references contracts.turn (proposal_id, no, hash),
  -- Each version names the one before it and takes effect after it: versions of a contract never overlap.
  foreign key (contract_id, previous_no, previous_effective_from) references contracts.version (contract_id, no, effective_from),
  check (
    (no = 1 and previous_no is null and previous_effective_from is null)
    or (no > 1 and previous_no = no - 1 and previous_effective_from is not null and effective_from > previous_effective_from)
  )
);

grant select, insert, update on contracts.programme, contracts.offer, contracts.proposal to biotop_app;
grant select, insert, update, delete on contracts.draft to biotop_app;
grant select, insert on contracts.turn, contracts.acceptance, contracts.contract, contracts.version to biotop_app;

alter table contracts.programme enable row level security;
alter table contracts.programme force row level security;
-- A programme's name and address are public like an organisation's name; only its merchant changes it.
create policy programme_read on contracts.programme for select using (true);
create policy programme_add on contracts.programme for insert with check (platform.may_see(org_id));
create policy programme_change on contracts.programme for update using (platform.may_see(org_id)) with check (platform.may_see(org_id));

alter table contracts.offer enable row level security;
alter table contracts.offer force row level security;
create policy offer_read on contracts.offer for select using (is_open or platform.may_see(org_id) or platform.may_see_any(visible_to));
create policy offer_add on contracts.offer for insert with check (platform.may_see(org_id));
create policy offer_change on contracts.offer for update using (platform.may_see(org_id)) with check (platform.may_see(org_id));

alter table contracts.proposal enable row level security;
alter table contracts.proposal force row level security;
create policy proposal_of_parties on contracts.proposal using (platform.may_see_any(party_ids)) with check (platform.may_see_any(party_ids));

alter table contracts.draft enable row level security;
alter table contracts.draft force row level security;
create policy draft_of_author on contracts.draft using (platform.may_see(org_id)) with check (platform.may_see(org_id));

alter table contracts.turn enable row level security;
alter table contracts.turn force row level security;
create policy turn_of_parties on contracts.turn using (platform.may_see_any(party_ids)) with check (platform.may_see_any(party_ids));

alter table contracts.acceptance enable row level security;
alter table contracts.acceptance force row level security;
create policy acceptance_of_parties on contracts.acceptance
  using (platform.may_see_any(party_ids)) with check (platform.may_see_any(party_ids));

alter table contracts.contract enable row level security;
alter table contracts.contract force row level security;
-- Its first parties, and whoever became a party by a later version.
create policy contract_read on contracts.contract for select
  using (platform.may_see_any(party_ids) or exists (select from contracts.version v where v.contract_id = contract.id));
create policy contract_add on contracts.contract for insert with check (platform.may_see_any(party_ids));

alter table contracts.version enable row level security;
alter table contracts.version force row level security;
create policy version_of_parties on contracts.version using (platform.may_see_any(party_ids)) with check (platform.may_see_any(party_ids));
