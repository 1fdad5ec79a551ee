-- Why: four eyes look at the person behind a key, so that nobody approves the own run through a key. Lock risk: a short exclusive
-- lock on billing.payout_run. Way back: drop the two columns.
-- null: prepared by the month end, or by a key of the command line.
alter table billing.payout_run add column made_by_person text, add column approved_by_person text;
-- Drafts that people made; what was approved before keeps what was known then.
select set_config('app.org', '*', true);
update billing.payout_run set made_by_person = made_by where state = 'draft' and made_by_kind = 'user';
select set_config('app.org', '', true);
alter table billing.payout_run add constraint four_eyes_of_people
  check (approved_by is null or is_approved_alone or made_by_person is null or made_by_person is distinct from approved_by_person);
grant update (approved_by_person) on billing.payout_run to biotop_app;
