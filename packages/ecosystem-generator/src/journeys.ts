import type { Chance } from "./chance.ts";
import type { Partner } from "./company.ts";
import { noMerchandise, type ShopOrder } from "./order.ts";

/** Real browsers and bots by their user agent. */
export type UserAgents = { readonly people: readonly string[]; readonly bots: readonly string[]; readonly source: string };

export type Consent = "granted" | "denied" | "none" | "gpc";

export type PlannedClick = {
  /** `536365/0`: stable over runs. */
  readonly id: string;
  /** The shop's day on which it is sent. */
  readonly day: string;
  readonly partner: string;
  readonly consent: Consent;
  readonly userAgent: string;
  readonly sub1: string;
  readonly deepLink: boolean;
  /** The order that it leads to; absent for visitors who buy nothing and for bots. */
  readonly orderId?: string;
};

const campaigns = ["advent", "newsletter", "guide", "homepage"] as const;

/**
 * Decides, reproducibly, which shopper came through which partners, with which consent, and which clicks lead nowhere.
 * Nobody clicks for bank charges and manual entries: orders without merchandise have no click.
 */
export function planClicks(
  orders: readonly ShopOrder[],
  partners: readonly Partner[],
  agents: UserAgents,
  chance: Chance,
): readonly PlannedClick[] {
  const days = [...new Set(orders.map(({ day }) => day))].sort();
  const clicks = orders.flatMap((order) => clicksOfOrder(order, days, partners, agents, chance));
  return [...clicks, ...orders.flatMap((order) => visitorsWithoutOrder(order, partners, agents, chance))];
}

/** The newest touch first, each on a day of its own, so that which one was last never hangs on chance. */
function clicksOfOrder(
  order: ShopOrder,
  days: readonly string[],
  partners: readonly Partner[],
  agents: UserAgents,
  chance: Chance,
): readonly PlannedClick[] {
  if (order.positions.every(({ group }) => group === noMerchandise)) return [];
  const key = order.customer ?? order.orderId;
  const count = chance.pickWeighted(`${order.orderId} touches`, [
    { value: 0, weight: 14 },
    { value: 1, weight: 62 },
    { value: 2, weight: 19 },
    { value: 3, weight: 5 },
  ]);
  let dayIndex = days.indexOf(order.day);
  return Array.from({ length: count }, (_, index): PlannedClick | undefined => {
    const question = `${order.orderId}/${index}`;
    const isSameDay = index === 0 && chance.at(`${question} same day`) < 0.75;
    dayIndex -= isSameDay ? 0 : 1 + Math.floor(chance.at(`${question} before`) * (index === 0 ? 13 : 7));
    const day = days[dayIndex];
    if (day === undefined) return undefined;
    return {
      id: question,
      day,
      partner: partnerOf(`${key}/${index}`, partners, chance),
      consent: consentOf(question, chance),
      userAgent: chance.pick(`${key} agent`, agents.people),
      sub1: chance.pick(`${question} campaign`, campaigns),
      deepLink: chance.at(`${question} deep`) < 0.4,
      orderId: order.orderId,
    };
  }).filter((click) => click !== undefined);
}

/** About one visitor in two buys nothing, and every eleventh of those is a bot. */
function visitorsWithoutOrder(order: ShopOrder, partners: readonly Partner[], agents: UserAgents, chance: Chance): readonly PlannedClick[] {
  const question = `${order.orderId}/visitor`;
  if (chance.at(`${question} comes`) >= 0.55) return [];
  const isBot = chance.at(`${question} bot`) < 0.09;
  return [
    {
      id: question,
      day: order.day,
      partner: partnerOf(question, partners, chance),
      consent: consentOf(question, chance),
      userAgent: chance.pick(`${question} agent`, isBot ? agents.bots : agents.people),
      sub1: chance.pick(`${question} campaign`, campaigns),
      deepLink: false,
    },
  ];
}

function partnerOf(question: string, partners: readonly Partner[], chance: Chance): string {
  return chance.pickWeighted(
    `${question} partner`,
    partners.map(({ slug, weight }) => ({ value: slug, weight })),
  );
}

function consentOf(question: string, chance: Chance): Consent {
  return chance.pickWeighted(`${question} consent`, [
    { value: "granted", weight: 84 },
    { value: "denied", weight: 7 },
    { value: "none", weight: 6 },
    { value: "gpc", weight: 3 },
  ]);
}
