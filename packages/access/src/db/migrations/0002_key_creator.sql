-- Why: four eyes need to know whose key made or approved something. Lock risk: a short exclusive lock on access.api_key.
-- Way back: alter table access.api_key drop column created_by.
-- null: made on the command line, by nobody in particular.
alter table access.api_key add column created_by text references access.person (id);

-- Keys that exist already get their creator from the audit log; a key that a key made belongs to the person behind the latter.
select set_config('app.org', '*', true);
with recursive made (key_id, actor_kind, actor_id) as (
  select subject, actor_kind, actor_id from access.audit_entry where action = 'key.created'
), creator (key_id, user_id) as (
  select key_id, actor_id from made where actor_kind = 'user'
  union
  select made.key_id, creator.user_id from made join creator on made.actor_kind = 'key' and made.actor_id = creator.key_id
)
update access.api_key set created_by = creator.user_id from creator where creator.key_id = api_key.id;
select set_config('app.org', '', true);
