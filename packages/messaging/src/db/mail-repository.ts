import type { Id, Instant, Language, OrgId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";

export type MailId = Id<"mai">;
export type MailState = "kept" | "queued" | "sent" | "failed";

export type Mail = {
  readonly id: MailId;
  readonly org: OrgId;
  readonly to: string;
  readonly language: Language;
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string | null;
  readonly state: MailState;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
};

const columns = `id, org_id as org, recipient as "to", language, template, subject, body as text, link, state,
  created_at as "createdAt", sent_at as "sentAt"`;

export async function insertMail(tx: Tx, mail: Mail): Promise<void> {
  await tx.query(
    `insert into messaging.mail (id, org_id, recipient, language, template, subject, body, link, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [mail.id, mail.org, mail.to, mail.language, mail.template, mail.subject, mail.text, mail.link, mail.state, mail.createdAt],
    "messaging-insert-mail",
  );
}

export async function loadMail(tx: Tx, id: MailId): Promise<Mail | undefined> {
  const { rows } = await tx.query<Mail>(`select ${columns} from messaging.mail where id = $1`, [id]);
  return rows[0];
}

/** A mail that was sent forgets its link: nobody but the recipient needs it any more. */
export async function markSent(tx: Tx, id: MailId, at: Instant): Promise<void> {
  await tx.query(
    `update messaging.mail set state = 'sent', sent_at = $2, link = null,
       body = case when link is null then body else replace(body, link, '…') end where id = $1`,
    [id, at],
  );
}

export async function markFailed(tx: Tx, id: MailId): Promise<void> {
  await tx.query("update messaging.mail set state = 'failed' where id = $1 and state = 'queued'", [id]);
}

export type MailFilter = { readonly state?: MailState | undefined; readonly after?: string | undefined; readonly limit: number };

/** Newest first, of what the transaction's scope may see. */
export async function findMails(tx: Tx, filter: MailFilter): Promise<readonly Mail[]> {
  const { rows } = await tx.query<Mail>(
    `select ${columns} from messaging.mail where ($1::text is null or state = $1) and ($2::text is null or id < $2)
     order by id desc limit $3`,
    [filter.state ?? null, filter.after ?? null, filter.limit],
  );
  return rows;
}
