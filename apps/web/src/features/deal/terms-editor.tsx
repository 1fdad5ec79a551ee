import type { Currency, OrgId } from "@biotop/kernel";
import { getDealVocabulary } from "@biotop/wire";
import { Button, Divider, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { ConversionTypeEditor } from "./conversion-type-editor.tsx";
import { FrameEditor } from "./frame-editor.tsx";
import { type NamedParty, PartyEditor } from "./party-editor.tsx";
import { SplitEditor } from "./split-editor.tsx";
import { replaceAt, type TermsDraft, withoutAt } from "./terms-draft.ts";

type Props = {
  readonly value: TermsDraft;
  readonly parties: readonly NamedParty[];
  /** Parties whose roles are given: payer and earner. */
  readonly lockedParties: ReadonlySet<OrgId>;
  readonly shopCurrency: Currency;
  readonly onChange: (terms: TermsDraft) => void;
  readonly onParties: (parties: readonly NamedParty[]) => void;
};

/** The term sheet: commission, parties and shares, conditions. The same for offers, proposals and amendments. */
export function TermsEditor({ value, parties, lockedParties, shopCurrency, onChange, onParties }: Props) {
  const t = useText();
  const vocabulary = useApi(getDealVocabulary);
  const payees = parties.filter((party) => !party.roles.includes("payer") && !party.roles.includes("earner"));
  const addType = () =>
    onChange({
      ...value,
      conversionTypes: [...value.conversionTypes, { event: "lead", level: "order", rules: [], otherwise: { kind: "fixed", minor: "500" } }],
    });
  return (
    <QueryView query={vocabulary}>
      {(words) => (
        <Stack gap="md">
          <Card title={t("deal.commission")} hint={t("deal.commission-hint")}>
            <Stack gap="md">
              {value.conversionTypes.map((type, index) => (
                <Stack key={`${type.event}-${index}`} gap="md">
                  {index > 0 && <Divider />}
                  <ConversionTypeEditor
                    value={type}
                    currency={value.currency}
                    shopCurrency={shopCurrency}
                    vocabulary={words}
                    onChange={(next) => onChange({ ...value, conversionTypes: replaceAt(value.conversionTypes, index, next) })}
                    {...(value.conversionTypes.length > 1
                      ? { onRemove: () => onChange({ ...value, conversionTypes: withoutAt(value.conversionTypes, index) }) }
                      : {})}
                  />
                </Stack>
              ))}
              <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />} onClick={addType}>
                {t("deal.add-event")}
              </Button>
            </Stack>
          </Card>
          <Card title={t("deal.parties")} hint={t("deal.parties-hint")}>
            <Stack gap="md">
              <PartyEditor value={parties} locked={lockedParties} onChange={onParties} />
              <SplitEditor
                value={value.splits ?? []}
                payees={payees}
                currency={value.currency}
                onChange={(splits) => onChange({ ...value, splits })}
              />
            </Stack>
          </Card>
          <Card title={t("deal.conditions")}>
            <FrameEditor value={value} vocabulary={words} onChange={onChange} />
          </Card>
        </Stack>
      )}
    </QueryView>
  );
}
