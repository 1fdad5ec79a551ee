import { z } from "zod";
import { id, instantText, pageOf, pageQuery } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const webUrl = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text), "a web address that begins with https://");

/** `sub1` … `sub10`: the partner's own marks, told back with each click and sale. */
export const subIds = z.partialRecord(
  z.enum(["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"]),
  z.string().min(1).max(255),
);
const label = z.string().trim().min(1).max(120);

export const linkView = z.strictObject({
  id: id("lnk"),
  /** The short part of the tracking address. */
  key: z.string(),
  /** What the partner publishes: `https://…/c/{key}`. */
  url: z.string(),
  programme: z.strictObject({ id: id("prg"), name: z.string() }),
  partner: z.strictObject({ id: id("org"), name: z.string() }),
  merchant: z.strictObject({ id: id("org"), name: z.string() }),
  targetUrl: z.string(),
  subIds,
  label: z.string(),
  state: z.enum(["active", "paused"]),
  createdAt: instantText(),
  /** Clicks with consent since the link was made, without bots. */
  clicks: z.number().int(),
  can: z.strictObject({ change: z.boolean() }),
});

export const createLink = defineEndpoint({
  id: "createLink",
  at: "api",
  method: "POST",
  path: "/v1/links",
  tag: "Tracking",
  summary: "Make a tracking link",
  description: "Without `targetUrl` the link leads to the programme's home page. The link answers at the edge within two seconds.",
  access: "links:write",
  body: z.strictObject({ programme: id("prg"), targetUrl: webUrl.optional(), subIds: subIds.optional(), label: label.optional() }),
  status: 201,
  answer: linkView,
  problems: ["programme-not-joined", "target-not-allowed", "not-found", "no-organisation-chosen"],
  example: { body: { programme: "prg_01jd0000000000000000000000", targetUrl: "https://shop.example/mug", label: "Newsletter" } },
});

export const quickLink = defineEndpoint({
  id: "quickLink",
  at: "api",
  method: "POST",
  path: "/v1/links/quick",
  tag: "Tracking",
  summary: "Turn a shop's address into a tracking link",
  description: "Finds the programme by the address's host among those that the acting organisation has a contract with or may join.",
  access: "links:write",
  body: z.strictObject({
    url: webUrl,
    /** Needed only when several programmes share the host. */
    programme: id("prg").optional(),
    subIds: subIds.optional(),
    label: label.optional(),
  }),
  status: 201,
  answer: linkView,
  problems: ["no-programme-for-host", "programme-ambiguous", "programme-not-joined", "target-not-allowed", "no-organisation-chosen"],
  example: { body: { url: "https://shop.example/mug" } },
});

export const listLinks = defineEndpoint({
  id: "listLinks",
  at: "api",
  method: "GET",
  path: "/v1/links",
  tag: "Tracking",
  summary: "List tracking links",
  description: "A partner sees its own links, a merchant those that lead to its programmes. Newest first.",
  access: "links:read",
  query: z.strictObject({
    ...pageQuery,
    programme: id("prg").optional(),
    partner: id("org").optional(),
    state: z.enum(["active", "paused"]).optional(),
    /** Part of the label, the key or the target address. */
    search: z.string().max(200).optional(),
  }),
  status: 200,
  answer: pageOf(linkView),
  problems: ["no-organisation-chosen"],
});

export const updateLink = defineEndpoint({
  id: "updateLink",
  at: "api",
  method: "PATCH",
  path: "/v1/links/{linkId}",
  tag: "Tracking",
  summary: "Change a tracking link",
  description: "A paused link leads to the programme's home page without tracking.",
  access: "links:write",
  params: z.strictObject({ linkId: id("lnk") }),
  body: z.strictObject({
    targetUrl: webUrl.optional(),
    subIds: subIds.optional(),
    label: label.optional(),
    state: z.enum(["active", "paused"]).optional(),
  }),
  status: 200,
  answer: linkView,
  problems: ["not-found", "target-not-allowed", "no-organisation-chosen"],
});

/** A click as the partner and the merchant see it: nothing that tells one person from another. */
export const clickView = z.strictObject({
  id: z.string(),
  at: instantText(),
  link: id("lnk"),
  programme: id("prg"),
  partner: id("org"),
  merchant: id("org"),
  target: z.string(),
  subIds,
  partnerClickId: z.string().nullable(),
  isBot: z.boolean(),
  botClass: z.string().nullable(),
  referrerOrigin: z.string().nullable(),
  deviceClass: z.string(),
});

export const listClicks = defineEndpoint({
  id: "listClicks",
  at: "api",
  method: "GET",
  path: "/v1/clicks",
  tag: "Tracking",
  summary: "List clicks",
  description: "Newest first; `ids` asks for certain clicks, such as the journey of one sale.",
  access: "links:read",
  query: z.strictObject({
    ...pageQuery,
    programme: id("prg").optional(),
    link: id("lnk").optional(),
    partner: id("org").optional(),
    from: instantText().optional(),
    to: instantText().optional(),
    /** Up to 50 click ids, separated by commas. */
    ids: z.string().max(2000).optional(),
  }),
  status: 200,
  answer: pageOf(clickView),
  problems: ["no-organisation-chosen"],
});

const programmeHealth = z.strictObject({
  programme: z.strictObject({ id: id("prg"), name: z.string() }),
  role: z.enum(["merchant", "partner"]),
  /** `receiving`: clicks and orders arrive; `no-orders`: clicks, but no order yet; `silent`: nothing yet. */
  state: z.enum(["receiving", "no-orders", "silent"]),
  lastClickAt: instantText().nullable(),
  lastOrderAt: instantText().nullable(),
  /** Of the last 30 days of business time. */
  clicks: z.number().int(),
  botClicks: z.number().int(),
  /** Redirects without an id, by reason: `no-consent`, `denied`, `gpc`, `bot`, … */
  counts: z.record(z.string(), z.number().int()),
});

const edgeHealth = z.strictObject({
  worker: z.string(),
  seenAt: instantText(),
  isFresh: z.boolean(),
  routeTableVersion: z.number().int(),
  lastSyncAt: instantText().nullable(),
  counters: z.record(z.string(), z.number()),
});

export const getTrackingHealth = defineEndpoint({
  id: "getTrackingHealth",
  at: "api",
  method: "GET",
  path: "/v1/tracking/health",
  tag: "Tracking",
  summary: "See whether clicks and orders arrive",
  description: "Per programme of the acting organisation; the edge workers and the loader are shown to the instance's operator.",
  access: "links:read",
  status: 200,
  answer: z.strictObject({
    programmes: z.array(programmeHealth),
    operation: z
      .strictObject({
        routeTableVersion: z.number().int(),
        edges: z.array(edgeHealth),
        loader: z.strictObject({ lagMs: z.number().int(), clicksLoaded: z.number().int(), tornTails: z.number().int() }),
      })
      .nullable(),
  }),
  problems: ["no-organisation-chosen"],
});

export const trackingEndpoints = [
  createLink,
  quickLink,
  listLinks,
  updateLink,
  listClicks,
  getTrackingHealth,
] as const satisfies readonly Endpoint[];
