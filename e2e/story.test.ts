import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Look, openBrowser, type Person, sitDown } from "./browser.ts";
import { type Instance, startInstance } from "./instance.ts";
import { openShop, type Shop } from "./shop.ts";
import { type Actor, confirmSecondFactor, fill, go, press } from "./steps.ts";
import { wordsOf } from "./words.ts";

const looks: readonly Look[] = [
  { language: "de", scheme: "light" },
  { language: "en", scheme: "dark" },
];
const shots = join(import.meta.dirname, "..", "test-results");
const password = "ein langer Satz mit 4 Katzen";

let browser: Browser;
let instance: Instance;
let shop: Shop;

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
});

beforeEach(async () => {
  [instance, shop] = await Promise.all([startInstance(), openShop()]);
});

afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await shootAll();
  await Promise.all([instance?.stop(), shop?.stop()]);
});

/** What was on the screens when a story failed. */
async function shootAll(): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: join(shots, `failure-${index}.png`), fullPage: true }).catch(() => undefined);
  await Promise.all(browser.contexts().map((context) => context.close()));
}

describe("the main job", () => {
  test.each(looks)("a merchant and a partner earn money together ($language, $scheme)", async (look) => {
    const merchantSeat = await sitDown(browser, look);
    const partnerSeat = await sitDown(browser, look);
    const merchant = actorOf(merchantSeat, look);
    const partner = actorOf(partnerSeat, look);
    const shoot = (person: Person, name: string) =>
      person.page.screenshot({ path: join(shots, `${look.language}-${look.scheme}-${name}.png`), fullPage: true });

    await setUp(merchant);
    await shoot(merchantSeat, "home");
    await createProgramme(merchant);
    await publishOffer(merchant);
    await shoot(merchantSeat, "offer");
    const invitation = await invitePartner(merchant);

    await acceptInvitation(partner, invitation);
    await shoot(partnerSeat, "offer-as-partner");
    await counter(partner, "10", "Unsere Leser kaufen oft zweimal.");
    await shoot(partnerSeat, "proposal-their-turn");

    await openMyTurn(merchant);
    await shoot(merchantSeat, "proposal-my-turn");
    await counterAgain(merchant, "9", "Neun und wir haben einen Vertrag.");

    await partner.page.reload();
    await accept(partner);
    await merchant.page.reload();
    await accept(merchant);
    await merchant.page.getByText(merchant.say("proposal.concluded")).first().waitFor();
    await shoot(merchantSeat, "contract-concluded");

    await partner.page.reload();
    const link = await makeLink(partner);
    await shoot(partnerSeat, "links");
    const clickId = await clickLink(link, look);
    const order = `B-${look.language}-1001`;
    await reportSale(merchant, clickId, order);

    await seeSale(merchant, order);
    await shoot(merchantSeat, "transactions");
    await merchant.page.getByRole("link", { name: order }).click();
    await merchant.page.getByRole("heading", { name: merchant.say("transactions.why") }).waitFor();
    await shoot(merchantSeat, "transaction");
    await validate(merchant);
    await shoot(merchantSeat, "transaction-approved");

    await go(partner, "nav.earnings");
    await partner.page
      .getByText(look.language === "de" ? /4,50\s€/ : /€4\.50/)
      .first()
      .waitFor();
    await shoot(partnerSeat, "earnings");
    for (const actor of [merchant, partner]) await visitEveryPage(actor);
    expect([...merchantSeat.faults, ...partnerSeat.faults]).toEqual([]);
    await merchantSeat.context.close();
    await partnerSeat.context.close();
  });
});

/** Each page of the rail opens, on a desk and on a phone, and nothing sticks out to the side. */
async function visitEveryPage({ page, say }: Actor): Promise<void> {
  const links = page.getByRole("navigation", { name: say("nav.label") }).getByRole("link");
  const paths = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? "/"));
  expect(paths.length).toBeGreaterThan(10);
  for (const width of [1360, 360]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of paths) {
      await page.goto(instance.url + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page
        .getByRole("status", { name: say("loading") })
        .first()
        .waitFor({ state: "hidden" });
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([path, width, Math.max(overhang, 0)]).toEqual([path, width, 0]);
    }
  }
}

function actorOf({ page }: Person, { language }: Look): Actor {
  return { page, say: wordsOf(language), password, secret: { current: "" } };
}

async function setUp(merchant: Actor): Promise<void> {
  await merchant.page.goto(instance.setUpLink);
  await fill(merchant, "person.name", "Mara Merz");
  await fill(merchant, "sign-in.email", "mara@shop.example");
  await fill(merchant, "sign-in.password", password);
  await press(merchant, "form.next");
  await fill(merchant, "organisation.name", "Merz Küchen GmbH");
  await press(merchant, "form.next");
  await fill(merchant, "instance.name", "Merz Partner");
  await fill(merchant, "shell.imprint", "Merz Küchen GmbH, Berlin");
  await fill(merchant, "shell.privacy", "Wir speichern nur, was ein Vertrag braucht.");
  await press(merchant, "setup.finish");
  await merchant.page.getByRole("heading", { name: merchant.say("home.hello", { name: "Mara Merz" }) }).waitFor();
  await merchant.page.getByText(merchant.say("guide.title")).first().waitFor();
}

async function createProgramme(merchant: Actor): Promise<void> {
  await go(merchant, "nav.programmes");
  await merchant.page
    .getByRole("link", { name: merchant.say("action.new-programme") })
    .first()
    .click();
  await fill(merchant, "programmes.name", "Merz Shop");
  await fill(merchant, "programmes.home", `${shop.url}/`);
  await press(merchant, "action.new-programme");
  await merchant.page.getByRole("heading", { level: 1, name: "Merz Shop" }).waitFor();
}

async function publishOffer(merchant: Actor): Promise<void> {
  await merchant.page
    .getByRole("link", { name: merchant.say("action.new-offer") })
    .first()
    .click();
  await fill(merchant, "offers.title", "8 % auf jeden Verkauf");
  await merchant.page.getByRole("heading", { name: merchant.say("deal.preview") }).waitFor();
  await press(merchant, "action.new-offer");
  await merchant.page.getByRole("heading", { level: 1, name: "8 % auf jeden Verkauf" }).waitFor();
}

async function invitePartner(merchant: Actor): Promise<string> {
  await merchant.page
    .getByRole("link", { name: merchant.say("action.invite-partner") })
    .first()
    .click();
  await fill(merchant, "invite.email", "paul@blog.example");
  await fill(merchant, "organisation.name", "Reiseblog Paul");
  await press(merchant, "invite.submit");
  return await merchant.page.getByLabel("paul@blog.example").inputValue();
}

async function acceptInvitation(partner: Actor, link: string): Promise<void> {
  await partner.page.goto(link);
  await fill(partner, "person.name", "Paul Panter");
  await fill(partner, "sign-in.password", password);
  await press(partner, "invitation.accept-offer");
  await partner.page.getByRole("heading", { level: 1, name: "8 % auf jeden Verkauf" }).waitFor();
}

/** The first turn of the partner: another percentage and why. */
async function counter(partner: Actor, percent: string, why: string): Promise<void> {
  await partner.page.getByRole("link", { name: partner.say("offers.counter") }).click();
  await writeTurn(partner, percent, why);
}

async function counterAgain(merchant: Actor, percent: string, why: string): Promise<void> {
  await press(merchant, "proposal.counter");
  await writeTurn(merchant, percent, why);
}

async function writeTurn(actor: Actor, percent: string, why: string): Promise<void> {
  await fill(actor, "deal.percent", percent);
  await fill(actor, "proposal.message", why);
  await actor.page
    .getByRole("list", { name: actor.say("deal.changes") })
    .first()
    .waitFor();
  await press(actor, "proposal.hand-over");
  await actor.page.getByText(actor.say("proposal.handed-over")).waitFor();
  await actor.page.getByRole("heading", { name: actor.say("proposal.history") }).waitFor();
}

async function openMyTurn(merchant: Actor): Promise<void> {
  await go(merchant, "nav.contracts");
  await merchant.page.getByRole("link", { name: "Reiseblog Paul" }).first().click();
  await merchant.page.getByRole("heading", { name: merchant.say("proposal.your-move") }).waitFor();
}

async function accept(actor: Actor): Promise<void> {
  await press(actor, "proposal.accept");
  await press(actor, "proposal.accept-confirm");
  await confirmSecondFactor(actor);
  await actor.page.getByRole("dialog").first().waitFor({ state: "hidden" });
}

async function makeLink(partner: Actor): Promise<string> {
  await go(partner, "nav.links");
  await fill(partner, "links.target", `${shop.url}/messer?farbe=rot`);
  await press(partner, "action.new-link");
  return await partner.page.getByLabel(partner.say("links.made", { programme: "Merz Shop" })).inputValue();
}

/** A shopper with consent clicks in a browser; the new link answers within two seconds. */
async function clickLink(link: string, look: Look): Promise<string> {
  const shopper = await sitDown(browser, look);
  const address = new URL(link);
  address.searchParams.set("cons", "1");
  const deadline = performance.now() + 5000;
  let clickId: string | null = null;
  while (!clickId && performance.now() < deadline) {
    await shopper.page.goto(address.href);
    clickId = new URL(shopper.page.url()).searchParams.get("bk");
  }
  const landed = shopper.page.url();
  await shopper.context.close();
  if (!clickId) throw new Error(`no click id at ${landed}`);
  return clickId;
}

/** The merchant makes a key in the app; the shop's server reports the order with it. */
async function reportSale(merchant: Actor, clickId: string, orderId: string): Promise<void> {
  await go(merchant, "nav.keys");
  await press(merchant, "keys.create");
  await fill(merchant, "keys.name", "Shop");
  await press(merchant, "keys.create");
  const secret = await merchant.page.getByRole("textbox", { name: "Shop", exact: true }).inputValue();
  await press(merchant, "form.close");
  const programme = await merchant.page.evaluate(async () => {
    const organisation = localStorage.getItem("biotop-organisation") ?? "";
    const answer = await fetch("/v1/programmes?relation=own", { headers: { "biotop-organisation": organisation } });
    return ((await answer.json()) as { rows: { id: string }[] }).rows[0]?.id;
  });
  const row = { programme, orderId, occurredAt: new Date().toISOString(), currency: "EUR", amountMinor: "5000", clickIds: [clickId] };
  const deadline = performance.now() + 8000;
  let answer: Response;
  do {
    answer = await fetch(`${instance.edgeUrl}/v1/conversions`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ rows: [row] }),
    });
    if (answer.status === 202) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (performance.now() < deadline);
  expect([answer.status, await answer.text()]).toEqual([202, expect.stringContaining("received")]);
}

async function seeSale(merchant: Actor, order: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    await go(merchant, "nav.transactions");
    await merchant.page.reload();
    const sale = merchant.page.getByRole("row", { name: new RegExp(order) }).getByText("Reiseblog Paul");
    if (
      await sale.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error(`the sale ${order} did not appear with its partner`);
}

async function validate(merchant: Actor): Promise<void> {
  await press(merchant, "transactions.approve");
  await merchant.page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(merchant.say("transactions.approve-count", { count: 1 })) })
    .click();
  await merchant.page.getByText(merchant.say("change.by-hand")).waitFor();
}
