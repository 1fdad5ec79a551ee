import { addCalendarDays, instantOfWall, type LocalDate, type TimeZone } from "@biotop/kernel";
import { type Chance, chance } from "../chance.ts";
import type { Company, Partner } from "../company.ts";
import { noMerchandise, type ShopOrder, type ShopPosition } from "../order.ts";
import { type Article, coffeeArticles, livingArticles } from "./catalogue.ts";
import { agency, coffeeShop, livingShop, negotiating, publishers, service, technology } from "./companies.ts";

export const demoZone = "Europe/Berlin" as TimeZone;

/** Something that becomes of an order days later. */
export type Aftermath =
  | {
      readonly kind: "return";
      readonly day: LocalDate;
      readonly orderId: string;
      readonly positionIndex: number;
      readonly quantity: number;
    }
  | { readonly kind: "cancelled"; readonly day: LocalDate; readonly orderId: string };

export type DemoShop = {
  readonly merchant: Company;
  readonly homeUrl: string;
  readonly host: string;
  readonly partners: readonly Partner[];
  /** Proposals that stay on the table: whose turn it is. */
  readonly openTalks: readonly { readonly partner: Partner; readonly turnOf: "merchant" | "partner" }[];
  readonly orders: readonly ShopOrder[];
  readonly aftermath: readonly Aftermath[];
};

export type DemoLife = {
  readonly companies: readonly (Company | Partner)[];
  readonly shops: readonly DemoShop[];
  readonly days: readonly LocalDate[];
};

/** Ninety days (or as many as asked) of a small ecosystem that end before `today`; the same seed gives the same life. */
export function demoLife(seed: string, today: LocalDate, dayCount = 90): DemoLife {
  const days = Array.from({ length: dayCount }, (_, index) => addCalendarDays(today, index - dayCount));
  const decide = chance(seed);
  const [first, second] = negotiating;
  return {
    companies: [livingShop, coffeeShop, agency, technology, service, ...publishers, ...negotiating],
    days,
    shops: [
      shop(livingShop, "https://www.hafenlicht-wohnen.example/", "hafenlicht-wohnen.example", publishers, talks(first, second), {
        days,
        perDay: 9,
        articles: livingArticles,
        decide,
      }),
      shop(
        coffeeShop,
        "https://kaffeekontor-linde.example/",
        "kaffeekontor-linde.example",
        publishers.filter(({ slug }) => slug === "kaffeepause" || slug === "talerzurueck"),
        [],
        {
          days,
          perDay: 5,
          articles: coffeeArticles,
          decide,
        },
      ),
    ],
  };
}

function talks(first: Partner | undefined, second: Partner | undefined): DemoShop["openTalks"] {
  return [
    ...(first ? [{ partner: first, turnOf: "merchant" as const }] : []),
    ...(second ? [{ partner: second, turnOf: "partner" as const }] : []),
  ];
}

type Trade = {
  readonly days: readonly LocalDate[];
  readonly perDay: number;
  readonly articles: readonly Article[];
  readonly decide: Chance;
};

function shop(
  merchant: Company,
  homeUrl: string,
  host: string,
  partners: readonly Partner[],
  openTalks: DemoShop["openTalks"],
  trade: Trade,
): DemoShop {
  const seen = new Set<string>();
  const orders = trade.days.flatMap((day, index) => ordersOfDay(merchant.slug, day, index, trade, seen));
  const lastDay = trade.days.at(-1);
  const aftermath = orders
    .flatMap((order) => aftermathOf(order, trade.decide))
    .filter(({ day }) => lastDay !== undefined && day <= lastDay);
  return { merchant, homeUrl, host, partners, openTalks, orders, aftermath };
}

/** A weekly rhythm (Sundays are strong) on a slow rise. */
function ordersOfDay(slug: string, day: LocalDate, index: number, trade: Trade, seen: Set<string>): readonly ShopOrder[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const rhythm = [1.35, 0.9, 0.85, 0.95, 1, 1.1, 1.2][weekday] ?? 1;
  const expected = trade.perDay * rhythm * (0.8 + (0.5 * index) / trade.days.length);
  const count = Math.round(expected * (0.7 + 0.6 * trade.decide.at(`${slug} ${day} count`)));
  return Array.from({ length: count }, (_, number) => order(slug, day, number, trade, seen));
}

function order(slug: string, day: LocalDate, number: number, { articles, decide }: Trade, seen: Set<string>): ShopOrder {
  const orderId = `${slug.slice(0, 2).toUpperCase()}-${day.replaceAll("-", "").slice(2)}-${String(number + 1).padStart(3, "0")}`;
  const customer = `c${Math.floor(decide.at(`${orderId} customer`) * 900)}`;
  const isNewCustomer = !seen.has(customer);
  seen.add(customer);
  const lines = 1 + Math.floor(decide.at(`${orderId} lines`) ** 2 * 4);
  const goods = Array.from({ length: lines }, (_, line) => position(orderId, line, articles, decide));
  const goodsMinor = goods.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const positions =
    goodsMinor < 5_000n ? [...goods, { article: "VERSAND", name: "Versand", group: noMerchandise, quantity: 1, amountMinor: 416n }] : goods;
  const minuteOfDay = 7 * 60 + Math.floor(decide.at(`${orderId} time`) * 15 * 60);
  const clock = `${String(Math.floor(minuteOfDay / 60)).padStart(2, "0")}:${String(minuteOfDay % 60).padStart(2, "0")}:00`;
  return {
    orderId,
    day,
    customer,
    isNewCustomer,
    country: "DE",
    positions,
    occurredAt: instantOfWall(`${day}T${clock}`, demoZone),
    amountMinor: positions.reduce((total, { amountMinor }) => total + amountMinor, 0n),
  };
}

function position(orderId: string, line: number, articles: readonly Article[], decide: Chance): ShopPosition {
  const article = decide.pickWeighted(
    `${orderId} article ${line}`,
    articles.map((value) => ({ value, weight: value.weight })),
  );
  const quantity = decide.at(`${orderId} quantity ${line}`) < 0.8 ? 1 : 2;
  return { article: article.sku, name: article.name, group: article.group, quantity, amountMinor: article.priceMinor * BigInt(quantity) };
}

function aftermathOf({ orderId, day, positions }: ShopOrder, decide: Chance): readonly Aftermath[] {
  const fate = decide.at(`${orderId} fate`);
  if (fate < 0.03) return [{ kind: "cancelled", day: addCalendarDays(day as LocalDate, 1), orderId }];
  if (fate > 0.1) return [];
  const positionIndex = Math.floor(decide.at(`${orderId} which`) * positions.length);
  const days = 4 + Math.floor(decide.at(`${orderId} when`) * 40);
  return [{ kind: "return", day: addCalendarDays(day as LocalDate, days), orderId, positionIndex, quantity: 1 }];
}
