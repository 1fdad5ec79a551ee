import type { Company, Deal, Partner, When } from "@biotop/ecosystem-generator";
import type { OrgId, ProgrammeId, TimeZone } from "@biotop/kernel";
import type { Client } from "@biotop/sdk";
import {
  acceptProposal,
  counterProposal,
  createLink,
  createOffer,
  createProgramme,
  type DealTerms,
  getProposal,
  listContracts,
  listProposals,
  openProposal,
} from "@biotop/wire";
import { contractZone } from "./contract-zone.ts";
import { patiently, ReplayError } from "./patient.ts";
import { actingAs, asCurrency, type Replay } from "./session.ts";

/** A merchant's shop as its programme knows it. */
export type Shopfront = {
  readonly merchant: Company;
  readonly homeUrl: string;
  readonly host: string;
  readonly currency: string;
  readonly timeZone: string;
};

export async function openProgramme(replay: Replay, shop: Shopfront): Promise<ProgrammeId> {
  const known = replay.state.read().programmes[shop.merchant.slug];
  if (known) return known;
  const { id } = await patiently("programme", () =>
    actingAs(replay, shop.merchant).call(createProgramme, {
      body: {
        name: shop.merchant.name,
        homeUrl: shop.homeUrl,
        hosts: [shop.host],
        currency: asCurrency(shop.currency),
        timeZone: shop.timeZone as TimeZone,
      },
      idempotencyKey: `replay-programme-${replay.state.read().seed}-${shop.merchant.slug}`,
    }),
  );
  await replay.state.change((state) => ({ ...state, programmes: { ...state.programmes, [shop.merchant.slug]: id } }));
  return id;
}

export type Table = { readonly programme: ProgrammeId; readonly merchant: Company; readonly partner: Partner };

/** Negotiates one partner's contract: offer, counter where the partner wants more, acceptance by every signatory. */
export async function negotiate(replay: Replay, table: Table): Promise<void> {
  const { programme, partner, merchant } = table;
  const dealKey = `${merchant.slug}/${partner.slug}`;
  if (replay.state.read().deals[dealKey]?.link) return;
  const acting = actingAs(replay, partner);
  if (!(await contractOf(acting, programme))) await conclude(replay, table);

  const contract = await contractOf(acting, programme);
  if (!contract) throw new ReplayError(`${partner.name} has no contract after all signatories accepted`);
  const link = await patiently("link", () =>
    acting.call(createLink, {
      body: { programme, label: partner.property.name },
      idempotencyKey: `replay-link-${replay.state.read().seed}-${dealKey}`,
    }),
  );
  await replay.state.change((state) => ({
    ...state,
    deals: { ...state.deals, [dealKey]: { contract, link: link.id, linkUrl: link.url } },
  }));
}

async function conclude(replay: Replay, table: Table): Promise<void> {
  const { partner, merchant, programme } = table;
  const proposal = (await openProposalOf(actingAs(replay, partner), programme)) ?? (await firstTurn(replay, table));
  const further = [...new Set(partner.deal.splits.map(({ to }) => to))].map((slug) => ({ slug }));
  for (const signatory of [partner, merchant, ...further]) {
    const client = actingAs(replay, signatory);
    const current = await patiently("proposal", () => client.call(getProposal, { params: { proposalId: proposal } }));
    if (current.state !== "open" || !current.can.accept || current.hash === null) continue;
    const { turn, hash } = current;
    const accepted = await client.call(acceptProposal, { params: { proposalId: proposal }, body: { expectedTurn: turn, hash } });
    if (!accepted.ok && accepted.error.kind !== "already-accepted") await patiently(`${signatory.slug} accepts`, async () => accepted);
  }
}

/** The merchant offers; a partner that wants other terms counters, and the merchant's next turn meets it. */
export async function firstTurn(replay: Replay, { programme, merchant, partner }: Table, stopAfterCounter = false) {
  const seed = `${replay.state.read().seed}-${merchant.slug}-${partner.slug}`;
  const offered = partner.firstOffer ?? partner.deal;
  const further = partner.deal.splits.map(({ to, role }) => ({ org: orgOf(replay, to), roles: [role], signatory: true }));
  const offer = await patiently(`offer for ${partner.slug}`, () =>
    actingAs(replay, merchant).call(createOffer, {
      body: {
        programme,
        title: `${merchant.name} × ${partner.name}`,
        terms: termsOf(replay, offered),
        isOpen: false,
        invited: [orgOf(replay, partner.slug)],
        parties: further,
      },
      idempotencyKey: `replay-offer-${seed}`,
    }),
  );
  const opened = await patiently(`proposal of ${partner.slug}`, () =>
    actingAs(replay, partner).call(openProposal, {
      body: { offer: offer.id, message: messages.opening, ...(partner.firstOffer ? { terms: termsOf(replay, firstAsk(partner)) } : {}) },
      idempotencyKey: `replay-proposal-${seed}`,
    }),
  );
  if (partner.firstOffer && !stopAfterCounter) {
    await patiently("merchant's counter", () =>
      actingAs(replay, merchant).call(counterProposal, {
        params: { proposalId: opened.id },
        body: { expectedTurn: opened.turn, terms: termsOf(replay, partner.deal), message: messages.meeting },
        idempotencyKey: `replay-counter-${seed}`,
      }),
    );
  }
  return opened.id;
}

const messages = {
  opening: "Danke für das Angebot. Hier ist unser Vorschlag.",
  meeting: "Damit können wir gut leben; das Fenster lassen wir wie angeboten.",
};

/** What the partner asks for first: its final terms with a longer click window. */
function firstAsk(partner: Partner): Deal {
  return { ...partner.deal, windowDays: partner.deal.windowDays + 30 };
}

async function openProposalOf(client: Client, programme: ProgrammeId) {
  const { rows } = await patiently("proposals", () => client.call(listProposals, { query: { programme, state: "open" } }));
  return rows.find(({ turn }) => turn > 0)?.id;
}

async function contractOf(client: Client, programme: ProgrammeId) {
  const { rows } = await patiently("contracts", () => client.call(listContracts, { query: { programme } }));
  return rows[0]?.id;
}

function orgOf(replay: Replay, slug: string): OrgId {
  const org = replay.state.read().companies[slug]?.org;
  if (!org) throw new ReplayError(`${slug} is not registered`);
  return org;
}

/** The generator's deal in the product's words. */
function termsOf(replay: Replay, deal: Deal): DealTerms {
  return {
    version: 1,
    currency: asCurrency(deal.settlement),
    timeZone: contractZone,
    conversionTypes: [
      {
        event: "sale",
        level: deal.level,
        rules: deal.rules.map(({ id, label, when, pay }) => ({ id, label, when: conditionOf(when), pay })),
        otherwise: deal.otherwise,
      },
    ],
    splits: deal.splits.map(({ id, kind, ppm, to }) => ({ id, payee: orgOf(replay, to), kind, ppm })),
    attribution: { model: "last-click", clickWindowDays: deal.windowDays },
    validation: {
      days: deal.validationDays,
      onDeadline: "approve",
      declineReasons: ["cancelled", "returned", "not-paid", "duplicate", "fraud"],
    },
    rateLock: "conversion",
    exchange: { dateRule: "conversion" },
    payment: { cycle: "monthly", thresholdMinor: deal.thresholdMinor, mode: "direct" },
    selfBilling: { agreed: true },
    notes: "",
  };
}

function conditionOf(when: When) {
  if ("groups" in when) return { field: "itemGroup" as const, op: "in" as const, value: when.groups };
  return { field: "customerStatus" as const, op: "eq" as const, value: when.customer };
}
