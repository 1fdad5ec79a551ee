-- Why: links, clicks with their daily sums, counts of clicks without consent, and the route table's state.
-- Lock risk: none (new tables). Way back: drop schema tracking.
create schema tracking;
grant usage on schema tracking to biotop_app;

create table tracking.link (
  id text primary key,
  key text not null unique check (key ~ '^[0-9a-z]{6,26}$'),
  programme_id text not null,
  partner_id text not null,
  merchant_id text not null,
  target_url text not null,
  sub_ids jsonb not null,
  label text not null,
  state text not null check (state in ('active', 'paused')),
  created_at timestamptz not null
);
create index link_by_partner on tracking.link (partner_id, id desc);
create index link_by_merchant on tracking.link (merchant_id, id desc);

-- A click's row never changes. Its id is unique over all edges: loading it twice adds it once.
create table tracking.click (
  id text primary key check (length(id) = 34),
  at timestamptz not null,
  received_at timestamptz not null,
  -- The calendar day in the programme's time zone when the click was stored: what the daily sums count by.
  day date not null,
  link_id text not null,
  programme_id text not null,
  partner_id text not null,
  merchant_id text not null,
  target text not null,
  sub_ids jsonb not null,
  partner_click_id text,
  visitor text not null,
  is_bot boolean not null,
  bot_class text,
  referrer_origin text,
  device_class text not null
);
create index click_by_programme on tracking.click (programme_id, at desc);
create index click_by_partner on tracking.click (partner_id, at desc);
create index click_by_visitor on tracking.click (visitor, programme_id);

create table tracking.click_day (
  programme_id text not null,
  partner_id text not null,
  link_id text not null,
  sub1 text not null,
  day date not null,
  merchant_id text not null,
  clicks bigint not null check (clicks >= 0),
  bots bigint not null check (bots >= 0),
  primary key (programme_id, partner_id, link_id, sub1, day)
);
create index click_day_by_merchant on tracking.click_day (merchant_id, day);
create index click_day_by_partner on tracking.click_day (partner_id, day);

-- Redirects without an id. Empty texts where the link was unknown.
create table tracking.count_hour (
  programme_id text not null,
  partner_id text not null,
  link_id text not null,
  reason text not null,
  hour timestamptz not null,
  merchant_id text not null,
  count bigint not null check (count > 0),
  targets_refused bigint not null check (targets_refused >= 0),
  primary key (programme_id, partner_id, link_id, reason, hour)
);

-- What the edges are told: `wanted` rises with every change, `published` follows when the table is on disk.
create table tracking.route_table (
  singleton boolean primary key default true check (singleton),
  version bigint not null,
  wanted bigint not null,
  published bigint not null check (published <= wanted)
);
insert into tracking.route_table (version, wanted, published) values (0, 1, 0);

grant select, insert, update on tracking.link, tracking.click_day, tracking.count_hour to biotop_app;
grant select, insert on tracking.click to biotop_app;
grant select, update on tracking.route_table to biotop_app;

alter table tracking.link enable row level security;
alter table tracking.link force row level security;
create policy parties on tracking.link
  using (platform.may_see_any(array[partner_id, merchant_id])) with check (platform.may_see(partner_id));
alter table tracking.click enable row level security;
alter table tracking.click force row level security;
create policy parties on tracking.click
  using (platform.may_see_any(array[partner_id, merchant_id])) with check (platform.may_see('*'));
alter table tracking.click_day enable row level security;
alter table tracking.click_day force row level security;
create policy parties on tracking.click_day
  using (platform.may_see_any(array[partner_id, merchant_id])) with check (platform.may_see('*'));
alter table tracking.count_hour enable row level security;
alter table tracking.count_hour force row level security;
create policy parties on tracking.count_hour
  using (platform.may_see_any(array[partner_id, merchant_id])) with check (platform.may_see('*'));
