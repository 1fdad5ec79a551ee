import { z } from "zod";
import { id, instantText, localText, pageOf, pageQuery } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

export const mailView = z.strictObject({
  id: id("mai"),
  to: z.string(),
  language: z.enum(["de", "en"]),
  template: z.string(),
  subject: z.string(),
  text: z.string(),
  /** The address that the mail leads to: copy it and hand it over when there is no mail server. */
  link: z.string().nullable(),
  /** `kept`: no mail server is set, hand the link over; `queued`, `sent`, `failed`: by mail. */
  state: z.enum(["kept", "queued", "sent", "failed"]),
  createdAt: instantText(),
  sentAt: instantText().nullable(),
});

export const listMails = defineEndpoint({
  id: "listMails",
  at: "api",
  method: "GET",
  path: "/v1/mails",
  tag: "Messaging",
  summary: "List the mails of this organisation",
  description: "The organisation sees the mails that it caused, the operator those of the instance too. Newest first.",
  access: "members:write",
  query: z.strictObject({ ...pageQuery, state: z.enum(["kept", "queued", "sent", "failed"]).optional() }),
  status: 200,
  answer: pageOf(mailView),
  problems: [],
});

export const notificationView = z.strictObject({
  id: id("ntf"),
  at: instantText(),
  kind: z.string(),
  text: localText(),
  /** What it is about: `{ "kind": "proposal", "id": "prp_…" }`. */
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  isRead: z.boolean(),
});

export const listNotifications = defineEndpoint({
  id: "listNotifications",
  at: "api",
  method: "GET",
  path: "/v1/notifications",
  tag: "Messaging",
  summary: "List what happened",
  description: "News for the acting organisation, newest first; `unread` counts all unread ones.",
  access: "organisations:read",
  query: z.strictObject({ ...pageQuery, unread: z.stringbool().optional() }),
  status: 200,
  answer: pageOf(notificationView).extend({ unread: z.number().int() }),
  problems: [],
});

export const markNotificationsRead = defineEndpoint({
  id: "markNotificationsRead",
  at: "api",
  method: "POST",
  path: "/v1/notifications/read",
  tag: "Messaging",
  summary: "Mark news as read",
  description: "Without `ids` all news of the acting organisation.",
  access: "organisations:read",
  body: z.strictObject({ ids: z.array(id("ntf")).min(1).max(200).optional() }),
  status: 200,
  answer: z.strictObject({ marked: z.number().int() }),
  problems: [],
});

export const messagingEndpoints = [listMails, listNotifications, markNotificationsRead] as const satisfies readonly Endpoint[];
