-- Why: who runs this instance (name, legal pages) and, for the clock, whether a demo still plays. Lock risk: none (new table,
-- one-row table altered). Way back: drop table platform.instance; alter table platform.clock drop column is_demo_playing.
create table platform.instance (
  is_single boolean primary key default true check (is_single),
  name text not null,
  language text not null check (language in ('de', 'en')),
  imprint text not null,
  privacy text not null,
  set_up_at timestamptz not null
);
grant select, insert, update on platform.instance to biotop_app;
alter table platform.clock add column is_demo_playing boolean not null default false;
