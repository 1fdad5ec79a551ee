-- Why: what every context stands on: outbox, idempotency keys, the clock, loader checkpoints. Lock risk: none (new tables).
-- Way back: drop schema platform.
grant usage on schema platform to biotop_app;

-- Whom the current transaction runs for; '*' is the system.
create function platform.current_org() returns text language sql stable as $$ select current_setting('app.org', true) $$;
create function platform.may_see(owner text) returns boolean language sql stable as
  $$ select current_setting('app.org', true) in ('*', owner) $$;
create function platform.may_see_any(owners text[]) returns boolean language sql stable as
  $$ select current_setting('app.org', true) = '*' or current_setting('app.org', true) = any (owners) $$;

create table platform.outbox (
  position bigint generated always as identity primary key,
  type text not null,
  payload jsonb not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  last_error text,
  created_at timestamptz not null default clock_timestamp()
);
create table platform.outbox_dead (
  position bigint primary key,
  type text not null,
  payload jsonb not null,
  last_error text not null,
  died_at timestamptz not null default clock_timestamp()
);
create table platform.idempotency (
  owner text not null,
  key text not null,
  request_hash text not null,
  status integer,
  answer text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (owner, key)
);
create table platform.clock (
  is_single boolean primary key default true check (is_single),
  mode text not null check (mode in ('real', 'manual')),
  at timestamptz
);
create table platform.segment_checkpoint (
  worker text not null,
  segment text not null,
  byte_offset bigint not null,
  primary key (worker, segment)
);
grant select, insert, update, delete on all tables in schema platform to biotop_app;
