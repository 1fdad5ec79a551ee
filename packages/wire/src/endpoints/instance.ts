import { z } from "zod";
import { instantText } from "../codecs.ts";
import { defineEndpoint, type Endpoint } from "../endpoint.ts";

const language = z.enum(["de", "en"]);
const instanceName = z.string().trim().min(1).max(80);
const imprint = z.string().trim().min(1).max(20_000);
const privacy = z.string().trim().min(1).max(50_000);

/** `manual`: a test instance whose business time moves only when told; every page says so. */
const clockView = z.strictObject({ mode: z.enum(["real", "manual"]), at: instantText() });

export const instanceView = z.strictObject({
  /** `null` until the instance is set up. */
  name: z.string().nullable(),
  needsSetup: z.boolean(),
  language,
  languages: z.array(language),
  clock: clockView,
  /** The demo ecosystem plays right now; business time moves by itself until it is done. */
  isDemoPlaying: z.boolean(),
  publicUrl: z.string(),
  /** Where clicks and conversions are taken: the address of tracking links. */
  edgePublicUrl: z.string(),
  /** Without it, mails are shown with a link to copy. */
  hasMailServer: z.boolean(),
  imprint: z.string().nullable(),
  privacy: z.string().nullable(),
});

export const getInstance = defineEndpoint({
  id: "getInstance",
  at: "api",
  method: "GET",
  path: "/v1/instance",
  tag: "Instance",
  summary: "What this instance is: name, time, languages, legal pages",
  access: "public",
  status: 200,
  answer: instanceView,
  problems: [],
});

export const updateInstance = defineEndpoint({
  id: "updateInstance",
  at: "api",
  method: "PATCH",
  path: "/v1/instance",
  tag: "Instance",
  summary: "Change the instance's name, language and legal pages",
  access: "instance:admin",
  body: z
    .strictObject({ name: instanceName, language, imprint, privacy })
    .partial()
    .refine((body) => Object.keys(body).length > 0, "at least one field"),
  status: 200,
  answer: instanceView,
  problems: ["not-set-up"],
});

export const setSandboxClock = defineEndpoint({
  id: "setSandboxClock",
  at: "api",
  method: "POST",
  path: "/v1/sandbox/clock",
  tag: "Instance",
  summary: "Move the business time of a test instance forward",
  description:
    "Answers when everything received so far is loaded, every deadline due up to `to` has been worked off in the order of the " +
    "due times, all events have been told, and every edge worker knows the new time.",
  access: "instance:admin",
  body: z.strictObject({ to: instantText() }),
  status: 200,
  answer: z.strictObject({ at: instantText(), deadlines: z.number().int() }),
  problems: ["clock-is-real", "clock-goes-forward-only", "clock-is-moving", "unavailable"],
  example: { body: { to: "2010-12-02T00:00:00Z" } },
});

export const finishDemoTime = defineEndpoint({
  id: "finishDemoTime",
  at: "api",
  method: "POST",
  path: "/v1/sandbox/finish-demo",
  tag: "Instance",
  summary: "End the demo's played time: from now on business time is real time",
  description: "Works once, and only on an instance that was started with --demo. There is no way back.",
  access: "instance:admin",
  status: 200,
  answer: z.strictObject({ clock: clockView }),
  problems: ["no-demo-playing", "clock-is-moving"],
});

export const instanceEndpoints: readonly Endpoint[] = [getInstance, updateInstance, setSandboxClock, finishDemoTime];
