import type { ContractId, Currency, OfferId, OrgId, ProgrammeId } from "@biotop/kernel";
import { getContract, getOffer, getProgramme } from "@biotop/wire";
import { useSearch } from "@tanstack/react-router";
import { useMembership } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import type { NamedParty } from "../deal/party-editor.tsx";
import { draftOf, type TermsDraft, usualTerms } from "../deal/terms-draft.ts";
import { ProposalEditor } from "./proposal-editor.tsx";

type Search = {
  readonly offer?: OfferId;
  readonly contract?: ContractId;
  readonly programme?: ProgrammeId;
  readonly partner?: OrgId;
  readonly partnerName?: string;
};

/** A first turn: from an offer, as an amendment, or for one's own programme with a named partner. */
export function NewProposalPage() {
  const t = useText();
  const search: Search = useSearch({ strict: false });
  return (
    <Page title={t("proposal.new")} lead={t("proposal.new-lead")} crumbs={[{ label: t("nav.contracts"), to: "/contracts" }]}>
      {search.offer && <FromOffer offerId={search.offer} />}
      {search.contract && <FromContract contractId={search.contract} />}
      {search.programme && search.partner && (
        <FromProgramme programmeId={search.programme} partner={search.partner} name={search.partnerName ?? ""} />
      )}
      {!search.offer && !search.contract && !search.partner && (
        <EmptyState title={t("proposal.no-start")} text={t("proposal.no-start-text")} />
      )}
    </Page>
  );
}

function FromOffer({ offerId }: { readonly offerId: OfferId }) {
  const own = useMembership();
  const offer = useApi(getOffer, { params: { offerId } });
  return (
    <QueryView query={offer}>
      {(found) => {
        const me: NamedParty = { org: own?.id as OrgId, name: own?.name ?? "", roles: ["earner"], signatory: true };
        const given = found.parties.some((party) => party.org === found.org)
          ? found.parties
          : [{ org: found.org, name: found.orgName, roles: ["payer" as const], signatory: true }, ...found.parties];
        return (
          <Start
            origin={{ offer: offerId }}
            programme={found.programme}
            shopCurrency={found.shopCurrency}
            terms={draftOf(found.terms)}
            parties={[...given.map(mutable), me]}
          />
        );
      }}
    </QueryView>
  );
}

function FromContract({ contractId }: { readonly contractId: ContractId }) {
  const contract = useApi(getContract, { params: { contractId } });
  return (
    <QueryView query={contract}>
      {(found) => (
        <Start
          origin={{ contract: contractId }}
          programme={found.programme}
          shopCurrency={found.current.shopCurrency}
          terms={draftOf(found.current.terms)}
          parties={found.parties.map(mutable)}
        />
      )}
    </QueryView>
  );
}

type FromProgrammeProps = { readonly programmeId: ProgrammeId; readonly partner: OrgId; readonly name: string };

function FromProgramme({ programmeId, partner, name }: FromProgrammeProps) {
  const programme = useApi(getProgramme, { params: { programmeId } });
  return (
    <QueryView query={programme}>
      {(found) => (
        <Start
          origin={{ programme: programmeId, partner }}
          programme={programmeId}
          shopCurrency={found.currency}
          terms={usualTerms(found.currency, found.timeZone)}
          parties={[
            { org: found.org, name: found.orgName, roles: ["payer"], signatory: true },
            { org: partner, name, roles: ["earner"], signatory: true },
          ]}
        />
      )}
    </QueryView>
  );
}

type StartProps = {
  readonly origin: Readonly<Record<string, string>>;
  readonly programme: ProgrammeId;
  readonly shopCurrency: Currency;
  readonly terms: TermsDraft;
  readonly parties: readonly NamedParty[];
};

function Start({ origin, programme, shopCurrency, terms, parties }: StartProps) {
  return (
    <ProposalEditor
      target={{ kind: "new", origin }}
      programme={programme}
      shopCurrency={shopCurrency}
      startTerms={terms}
      startParties={parties}
    />
  );
}

type PartyLike = {
  readonly org: OrgId;
  readonly name: string;
  readonly roles: readonly NamedParty["roles"][number][];
  readonly signatory: boolean;
};

function mutable({ org, name, roles, signatory }: PartyLike): NamedParty {
  return { org, name, roles: [...roles], signatory };
}
