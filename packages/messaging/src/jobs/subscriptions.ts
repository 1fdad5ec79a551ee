import type { InvitationAccepted } from "@biotop/access/events";
import type { DocumentIssued, PayoutPaid } from "@biotop/billing/events";
import type { ContractActivated, ProposalHandedOver } from "@biotop/contracts/events";
import { findOrganisations } from "@biotop/directory";
import type { Clock, Ids, Language, OrgId, ProgrammeId } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { type Subscription, subscribe } from "@biotop/platform/outbox";
import type { ConversionChanged } from "@biotop/transactions/events";
import { amount } from "../domain/notification-kinds.ts";
import { countUp, notify } from "../usecases/notify.ts";
import type { NewMail, SendMail } from "../usecases/send-mail.ts";

/** A member who is told by mail what concerns the organisation. */
export type Recipient = { readonly to: string; readonly language: Language };

export type NewsDeps = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly mails: SendMail;
  /** Of access: the members whose business it is. */
  readonly recipients: (tx: Tx, org: OrgId, about: "contracts" | "finance") => Promise<readonly Recipient[]>;
  /** Of contracts: what programmes are called. */
  readonly programmeName: (tx: Tx, programme: ProgrammeId) => Promise<string>;
  /** Where people reach the web app, without a slash at the end. */
  readonly publicUrl: string;
};

export function newsSubscriptions(deps: NewsDeps): readonly Subscription[] {
  return [...contractNews(deps), ...moneyNews(deps), declineNews(deps)];
}

function contractNews(deps: NewsDeps): readonly Subscription[] {
  return [
    subscribe<InvitationAccepted>({
      name: "messaging.on-invitation-accepted",
      type: "invitation.accepted",
      handle: async (tx, event) => {
        if (event.kind !== "partner") return;
        const facts = { organisation: await nameOf(tx, event.org) };
        await notify(deps, tx, { to: [event.invitedBy], kind: "partner-joined", facts, subject: { kind: "organisation", id: event.org } });
      },
    }),
    subscribe<ProposalHandedOver>({
      name: "messaging.on-proposal-handed-over",
      type: "proposal.handed-over",
      handle: async (tx, event) => {
        const facts = { organisation: await nameOf(tx, event.by), programme: await deps.programmeName(tx, event.programmeId) };
        const subject = { kind: "proposal", id: event.proposalId };
        await notify(deps, tx, { to: event.turnOf, kind: "proposal-handed-over", facts, subject });
        const link = `${deps.publicUrl}/proposals/${event.proposalId}`;
        for (const org of event.turnOf)
          await tellByMail(deps, tx, event.by, org, "contracts", () => ({ template: "proposal-handed-over", facts: { ...facts, link } }));
      },
    }),
    subscribe<ContractActivated>({
      name: "messaging.on-contract-activated",
      type: "contract.activated",
      handle: async (tx, event) => {
        const facts = { programme: await deps.programmeName(tx, event.programmeId) };
        await notify(deps, tx, {
          to: event.parties,
          kind: "contract-activated",
          facts,
          subject: { kind: "contract", id: event.contractId },
        });
      },
    }),
  ];
}

function moneyNews(deps: NewsDeps): readonly Subscription[] {
  return [
    subscribe<DocumentIssued>({
      name: "messaging.on-document-issued",
      type: "document.issued",
      handle: async (tx, event) => {
        const facts = {
          issuer: await nameOf(tx, event.issuer),
          number: event.number,
          amountMinor: event.grossMinor,
          currency: event.currency,
        };
        await notify(deps, tx, {
          to: [event.supplier],
          kind: "document-issued",
          facts,
          subject: { kind: "document", id: event.documentId },
        });
        await tellByMail(deps, tx, event.issuer, event.supplier, "finance", (language) => ({
          template: "document-issued",
          facts: {
            issuer: facts.issuer,
            number: event.number,
            total: amount(language, facts),
            link: `${deps.publicUrl}/documents/${event.documentId}`,
          },
        }));
      },
    }),
    subscribe<PayoutPaid>({
      name: "messaging.on-payout-paid",
      type: "payout.paid",
      handle: async (tx, event) => {
        const facts = { payer: await nameOf(tx, event.payer), amountMinor: event.amountMinor, currency: event.currency };
        await notify(deps, tx, { to: [event.payee], kind: "payout-paid", facts, subject: { kind: "payout", id: event.payoutId } });
        await tellByMail(deps, tx, event.payer, event.payee, "finance", (language) => ({
          template: "payout-sent",
          facts: { payer: facts.payer, amount: amount(language, facts), link: `${deps.publicUrl}/earnings` },
        }));
      },
    }),
  ];
}

/** Thousands may be declined at once: one piece of news per programme counts them until it is read. */
function declineNews(deps: NewsDeps): Subscription {
  return subscribe<ConversionChanged>({
    name: "messaging.on-conversion-declined",
    type: "conversion.changed",
    handle: async (tx, event) => {
      if (event.op !== "decline" || event.partner === null) return;
      const subject = { kind: "programme", id: event.programmeId };
      await countUp(deps, tx, { org: event.partner, kind: "conversions-declined", subject }, async () => ({
        programme: await deps.programmeName(tx, event.programmeId),
      }));
    },
  });
}

type MailContent = NewMail extends infer Mail ? (Mail extends NewMail ? Pick<Mail, "template" | "facts"> : never) : never;

/** One mail to each member of `org` whose business it is, in the member's language. */
async function tellByMail(
  deps: NewsDeps,
  tx: Tx,
  causedBy: OrgId,
  org: OrgId,
  about: "contracts" | "finance",
  content: (language: Language) => MailContent,
): Promise<void> {
  for (const { to, language } of await deps.recipients(tx, org, about)) {
    await deps.mails.send(tx, { org: causedBy, to, language, ...content(language) } as NewMail);
  }
}

async function nameOf(tx: Tx, org: OrgId): Promise<string> {
  const [organisation] = await findOrganisations(tx, [org]);
  return organisation?.name ?? org;
}
