import type { InvitationAccepted } from "@biotop/access/events";
import { type Subscription, subscribe } from "@biotop/platform/outbox";
import { findOffer, showOfferTo } from "../db/offers.ts";

/** A partner who joined by an invitation sees the offer that it was invited to. */
export const showOfferToInvited: Subscription = subscribe<InvitationAccepted>({
  name: "contracts.show-offer-to-invited",
  type: "invitation.accepted",
  async handle(tx, { offer, org, invitedBy }) {
    if (offer === null) return;
    const found = await findOffer(tx, offer);
    if (found?.org === invitedBy) await showOfferTo(tx, offer, org);
  },
});
