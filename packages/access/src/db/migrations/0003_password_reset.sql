-- Why: whoever forgot the password gets a one-time link. Lock risk: none (new table; grants). Way back: drop table, revoke the grants.
-- One open link per person: a new one takes the place of the old. Real time.
create table access.password_reset (
  user_id text primary key references access.person (id),
  token_sha256 text not null unique check (token_sha256 ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz not null
);
grant select, insert, update, delete on access.password_reset to biotop_app;
-- Enough to replace a password hash, not to read one.
grant select (user_id, provider_id), update (password, updated_at) on access.credential to biotop_app;
