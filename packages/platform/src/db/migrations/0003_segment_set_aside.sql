-- Why: a record that the store refuses holds up no other; it is kept here for a person to look at, never dropped.
-- Lock risk: none (new table). Way back: drop table platform.segment_set_aside.
create table platform.segment_set_aside (
  position bigint generated always as identity primary key,
  record jsonb not null,
  reason text not null,
  set_aside_at timestamptz not null default clock_timestamp()
);
grant select, insert on platform.segment_set_aside to biotop_app;
