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
import { agency, contractZone, type Deal, merchant, type Partner, type When } from "./cast.ts";
import { patiently, ReplayError } from "./patient.ts";
import { actingAs, asCurrency, type Replay } from "./session.ts";

export const shopHome = "https://shop.albion-geschenke.example/";

export async function openProgramme(replay: Replay): Promise<ProgrammeId> {
  const known = replay.state.read().programme;
  if (known) return known;
  const { id } = await patiently("programme", () =>
    actingAs(replay, merchant).call(createProgramme, {
      body: {
        name: "Albion Geschenke",
        homeUrl: shopHome,
        hosts: ["albion-geschenke.example"],
        currency: asCurrency("GBP"),
        timeZone: "Europe/London" as TimeZone,
      },
      idempotencyKey: `replay-programme-${replay.state.read().seed}`,
    }),
  );
  await replay.state.change((state) => ({ ...state, programme: id }));
  return id;
}

/** Negotiates one partner's contract: offer, counter where the partner wants more, acceptance by every signatory. */
export async function negotiate(replay: Replay, programme: ProgrammeId, partner: Partner): Promise<void> {
  if (replay.state.read().deals[partner.slug]?.link) return;
  const acting = actingAs(replay, partner);
  const orgs = organisations(replay, partner);
  if (!(await contractOf(acting, programme))) await conclude(replay, programme, partner, orgs);

  const contract = await contractOf(acting, programme);
  if (!contract) throw new ReplayError(`${partner.name} has no contract after all signatories accepted`);
  const link = await patiently("link", () =>
    acting.call(createLink, {
      body: { programme, label: partner.property.name },
      idempotencyKey: `replay-link-${replay.state.read().seed}-${partner.slug}`,
    }),
  );
  await replay.state.change((state) => ({
    ...state,
    deals: { ...state.deals, [partner.slug]: { partner: partner.slug, contract, link: link.id, linkUrl: link.url } },
  }));
}

type Orgs = { readonly merchant: OrgId; readonly agency: OrgId; readonly partner: OrgId };

async function conclude(replay: Replay, programme: ProgrammeId, partner: Partner, orgs: Orgs): Promise<void> {
  const proposal = (await openProposalOf(actingAs(replay, partner), programme)) ?? (await firstTurn(replay, programme, partner, orgs));
  for (const signatory of [partner, merchant, ...(partner.deal.splits.length > 0 ? [agency] : [])]) {
    const client = actingAs(replay, signatory);
    const current = await patiently("proposal", () => client.call(getProposal, { params: { proposalId: proposal } }));
    if (current.state !== "open" || !current.can.accept || current.hash === null) continue;
    const { turn, hash } = current;
    const accepted = await client.call(acceptProposal, { params: { proposalId: proposal }, body: { expectedTurn: turn, hash } });
    if (!accepted.ok && accepted.error.kind !== "already-accepted") await patiently(`${signatory.slug} accepts`, async () => accepted);
  }
}

/** The merchant offers; a partner that wants other terms counters, and the merchant's next turn meets it. */
async function firstTurn(replay: Replay, programme: ProgrammeId, partner: Partner, orgs: Orgs) {
  const seed = replay.state.read().seed;
  const offered = partner.firstOffer ?? partner.deal;
  const agencyParty = partner.deal.splits.length > 0 ? [{ org: orgs.agency, roles: ["agency" as const], signatory: true }] : [];
  const offer = await patiently(`offer for ${partner.slug}`, () =>
    actingAs(replay, merchant).call(createOffer, {
      body: {
        programme,
        title: `Albion × ${partner.name}`,
        terms: termsOf(offered, orgs),
        isOpen: false,
        invited: [orgs.partner],
        parties: agencyParty,
      },
      idempotencyKey: `replay-offer-${seed}-${partner.slug}`,
    }),
  );
  const opened = await patiently(`proposal of ${partner.slug}`, () =>
    actingAs(replay, partner).call(openProposal, {
      body: { offer: offer.id, message: "Guten Tag, gern!", ...(partner.firstOffer ? { terms: termsOf(halfway(partner), orgs) } : {}) },
      idempotencyKey: `replay-proposal-${seed}-${partner.slug}`,
    }),
  );
  if (partner.firstOffer) {
    await patiently("merchant's counter", () =>
      actingAs(replay, merchant).call(counterProposal, {
        params: { proposalId: opened.id },
        body: { expectedTurn: opened.turn, terms: termsOf(partner.deal, orgs), message: "Das passt für uns so." },
        idempotencyKey: `replay-counter-${seed}-${partner.slug}`,
      }),
    );
  }
  return opened.id;
}

/** What the partner asks for in its first counter: its final terms with a longer click window. */
function halfway(partner: Partner): Deal {
  return { ...partner.deal, windowDays: partner.deal.windowDays + 30 };
}

async function openProposalOf(client: Client, programme: ProgrammeId) {
  const { rows } = await patiently("proposals", () => client.call(listProposals, { query: { programme, state: "open" } }));
  const row = rows.find(({ turn }) => turn > 0);
  return row?.id;
}

async function contractOf(client: Client, programme: ProgrammeId) {
  const { rows } = await patiently("contracts", () => client.call(listContracts, { query: { programme } }));
  return rows[0]?.id;
}

function organisations(replay: Replay, partner: Partner): Orgs {
  const of = (slug: string): OrgId => {
    const org = replay.state.read().companies[slug]?.org;
    if (!org) throw new ReplayError(`${slug} is not registered`);
    return org;
  };
  return { merchant: of(merchant.slug), agency: of(agency.slug), partner: of(partner.slug) };
}

/** The replay's own deal in the product's words. */
function termsOf(deal: Deal, orgs: Orgs): DealTerms {
  return {
    version: 1,
    currency: asCurrency(deal.settlement),
    timeZone: contractZone as TimeZone,
    conversionTypes: [
      {
        event: "sale",
        level: deal.level,
        rules: deal.rules.map(({ id, label, when, pay }) => ({ id, label, when: conditionOf(when), pay })),
        otherwise: deal.otherwise,
      },
    ],
    splits: deal.splits.map(({ id, kind, ppm }) => ({ id, payee: orgs.agency, kind, ppm })),
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
