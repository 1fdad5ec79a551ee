import type { Id, Instant, LocalText, OrgId } from "@biotop/kernel";

export type Notification = {
  readonly id: Id<"ntf">;
  readonly org: OrgId;
  readonly at: Instant;
  readonly kind: string;
  readonly facts: NotificationFacts;
  readonly subject: NotificationSubject;
  readonly isRead: boolean;
};

/** Numbers, names of things and ids; no personal data. */
export type NotificationFacts = Readonly<Record<string, string>>;
/** What it leads to: `{ kind: "proposal", id: "prp_…" }`. */
export type NotificationSubject = { readonly kind: string; readonly id: string };

/** A kind of news: how it reads. Unknown facts read as nothing, so that old news stays readable. */
export type NotificationKind = { readonly code: string; readonly text: (facts: NotificationFacts) => LocalText };

export function defineNotification(kind: NotificationKind): NotificationKind {
  return Object.freeze(kind);
}
