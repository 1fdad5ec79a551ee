import type { Instant } from "@biotop/kernel";
import type { CountReason } from "@biotop/tracking-protocol";
import type { DropReason, Touch } from "./touch.ts";

type Times = { readonly at: Instant; readonly receivedAt: Instant };

/** A `ClickRecord` in JSON, written by hand from parts that the table holds ready: half the time of a general serializer. */
export function clickRecordJson(touch: Touch, times: Times): string {
  const { link, target, query, agent } = touch;
  if (!link || !target || !agent || touch.id === undefined || touch.visitor === undefined) {
    throw new Error("a recorded click has passed all steps");
  }
  const subIds = query?.subIds ? JSON.stringify({ ...link.subIds, ...query.subIds }) : link.subIdsJson;
  const partnerClickId = query?.partnerClickId === undefined ? "" : `,"partnerClickId":${JSON.stringify(query.partnerClickId)}`;
  const referrer = referrerOrigin(touch.headers.referer);
  return (
    `{"kind":"click","id":"${touch.id}","at":"${times.at}","receivedAt":"${times.receivedAt}",${link.json},"target":${target.json},` +
    `"subIds":${subIds}${partnerClickId},"consent":"granted","visitor":"${touch.visitor}","isBot":${agent.isBot}` +
    `${agent.botClass === undefined ? "" : `,"botClass":"${agent.botClass}"`}` +
    `${referrer === undefined ? "" : `,"referrerOrigin":${JSON.stringify(referrer)}`},"deviceClass":"${agent.deviceClass}"` +
    `${touch.isTargetRefused ? ',"targetRefused":true' : ""}}`
  );
}

/** A `CountRecord` in JSON: when and what, nobody. */
export function countRecordJson(touch: Touch, reason: DropReason, times: Times): string {
  const countReason: CountReason = reason;
  const parties = touch.link
    ? `,${touch.link.json}`
    : touch.programme
      ? `,"programme":"${touch.programme.source.id}","merchant":"${touch.programme.source.merchant}"`
      : "";
  return (
    `{"kind":"count","at":"${times.at}","receivedAt":"${times.receivedAt}","reason":"${countReason}"${parties}` +
    `${touch.isTargetRefused ? ',"targetRefused":true' : ""}}`
  );
}

/** Scheme and host of the page that the click came from; its path may be personal and is not kept. */
export function referrerOrigin(referrer: string | undefined): string | undefined {
  if (referrer === undefined || referrer.length > 2048) return undefined;
  return /^https?:\/\/[A-Za-z0-9.:[\]-]{1,253}(?=[/?#]|$)/.exec(referrer)?.[0].toLowerCase();
}
