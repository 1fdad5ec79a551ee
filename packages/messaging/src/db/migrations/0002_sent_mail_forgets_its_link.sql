-- Why: a mail that was sent forgets its link (password reset, invitation): nobody but the recipient needs it any more.
-- Lock risk: none (a grant and one update of sent mails). Way back: revoke update (body, link) on messaging.mail from biotop_app.
grant update (body, link) on messaging.mail to biotop_app;
update messaging.mail set body = replace(body, link, '…'), link = null where state = 'sent' and link is not null;
