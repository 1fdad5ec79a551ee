-- Why: the append-only double-entry ledger. Lock risk: none (new tables). Way back: drop schema ledger.
create schema ledger;
grant usage on schema ledger to biotop_app;

-- One row for each owner, code, counterparty and currency; its balance changes in the transaction of the posting.
create table ledger.account (
  id text primary key,
  owner_org text not null,
  code text not null,
  counterparty_org text not null default '',
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance_minor bigint not null default 0,
  postings bigint not null default 0,
  unique (owner_org, code, counterparty_org, currency),
  unique (id, owner_org, counterparty_org, currency)
);

create table ledger.entry (
  id text primary key,
  idempotency_key text not null unique,
  content_hash text not null,
  cause_kind text not null check (cause_kind <> ''),
  cause_ref text not null check (cause_ref <> ''),
  effective_at timestamptz not null,
  -- Real time of writing: evidence, never used for business.
  created_at timestamptz not null default clock_timestamp(),
  reverses text unique references ledger.entry (id),
  parties text[] not null,
  check (reverses <> id)
);
create index entry_by_cause on ledger.entry (cause_ref);

create table ledger.posting (
  entry_id text not null references ledger.entry (id),
  no smallint not null check (no >= 1),
  account_id text not null,
  owner_org text not null,
  counterparty_org text not null,
  currency text not null,
  -- Debit is positive.
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (entry_id, no),
  foreign key (account_id, owner_org, counterparty_org, currency)
    references ledger.account (id, owner_org, counterparty_org, currency)
);
create index posting_by_account on ledger.posting (account_id, entry_id);

grant select, insert on ledger.entry, ledger.posting to biotop_app;
grant select, insert on ledger.account to biotop_app;
grant update (balance_minor, postings) on ledger.account to biotop_app;

-- Nothing in the ledger is changed or removed, not even by the owner of the tables.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger entry_is_append_only before update or delete or truncate on ledger.entry
  for each statement execute function ledger.refuse_change();
create trigger posting_is_append_only before update or delete or truncate on ledger.posting
  for each statement execute function ledger.refuse_change();
create trigger account_stays before delete or truncate on ledger.account
  for each statement execute function ledger.refuse_change();

-- At commit every entry balances in every currency. The scope is widened: an entry is judged by all its postings,
-- whoever writes it.
create function ledger.check_balance() returns trigger language plpgsql set app.org = '*' as $$
begin
  if exists (
    select from ledger.posting where entry_id = new.entry_id group by currency having sum(amount_minor) <> 0
  ) then
    raise exception 'entry % does not balance', new.entry_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger posting_balances after insert on ledger.posting
  deferrable initially deferred for each row execute function ledger.check_balance();

alter table ledger.account enable row level security;
alter table ledger.account force row level security;
create policy account_parties on ledger.account
  using (platform.may_see_any(array[owner_org, counterparty_org]))
  with check (platform.may_see_any(array[owner_org, counterparty_org]));

alter table ledger.entry enable row level security;
alter table ledger.entry force row level security;
create policy entry_parties on ledger.entry
  using (platform.may_see_any(parties)) with check (platform.may_see_any(parties));

alter table ledger.posting enable row level security;
alter table ledger.posting force row level security;
create policy posting_parties on ledger.posting
  using (platform.may_see_any(array[owner_org, counterparty_org]))
  with check (platform.may_see_any(array[owner_org, counterparty_org]));
