-- Why: a code of an authenticator app is accepted once (RFC 6238, section 5.2). Lock risk: none (new table). Way back: drop table.
-- Rows matter for two minutes, longer than a code counts; the daily tidy-up removes them.
create table access.used_code (
  user_id text not null references access.person (id),
  code_sha256 text not null,
  used_at timestamptz not null default clock_timestamp(),
  primary key (user_id, code_sha256)
);
grant select, insert, update, delete on access.used_code to biotop_app;
