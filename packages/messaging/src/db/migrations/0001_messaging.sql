-- Why: mails that leave or are shown with their link, and the news of each organisation. Lock risk: none (new tables).
-- Way back: drop schema messaging.
create schema messaging;
grant usage on schema messaging to biotop_app;

-- Holds personal data (recipient, text): shown to the organisation that caused the mail, never logged.
create table messaging.mail (
  id text primary key check (id like 'mai\_%'),
  org_id text not null,
  recipient text not null,
  language text not null check (language in ('de', 'en')),
  template text not null,
  subject text not null,
  body text not null,
  link text,
  state text not null check (state in ('kept', 'queued', 'sent', 'failed')),
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint sent_has_a_time check ((state = 'sent') = (sent_at is not null))
);
create index mail_by_org on messaging.mail (org_id, id desc);

create table messaging.notification (
  id text primary key check (id like 'ntf\_%'),
  org_id text not null,
  at timestamptz not null,
  kind text not null,
  facts jsonb not null,
  subject_kind text not null,
  subject_id text not null,
  -- Real time: when somebody looked.
  read_at timestamptz
);
create index notification_by_org on messaging.notification (org_id, id desc);
create index notification_unread on messaging.notification (org_id) where read_at is null;

grant select, insert on messaging.mail, messaging.notification to biotop_app;
grant update (state, sent_at) on messaging.mail to biotop_app;
grant update (read_at, facts) on messaging.notification to biotop_app;

alter table messaging.mail enable row level security;
alter table messaging.mail force row level security;
create policy own on messaging.mail using (platform.may_see(org_id)) with check (platform.may_see(org_id));
alter table messaging.notification enable row level security;
alter table messaging.notification force row level security;
create policy own on messaging.notification using (platform.may_see(org_id)) with check (platform.may_see(org_id));
