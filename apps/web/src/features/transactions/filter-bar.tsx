import { listContracts, listProgrammes, pricingStates, settlementStates, validationStates } from "@biotop/wire";
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useMembership } from "../../api/session.ts";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { useStateWord } from "../../ui/state-badge.tsx";
import { isFiltered, type TransactionFilter } from "./transaction-filter.ts";

type Props = { readonly filter: TransactionFilter; readonly onChange: (filter: TransactionFilter) => void };

export function FilterBar({ filter, onChange }: Props) {
  const t = useText();
  const word = useStateWord();
  const states = (codes: readonly string[]) => [
    { value: "", label: t("form.all") },
    ...codes.map((value) => ({ value, label: word(value) })),
  ];
  const set = (name: keyof TransactionFilter) => (event: { readonly currentTarget: { readonly value: string } }) =>
    onChange({ ...filter, [name]: event.currentTarget.value });
  return (
    <Group gap="xs" px="md" py="sm" align="flex-end" role="search">
      <OrderInput value={filter.orderId} onChange={(orderId) => onChange({ ...filter, orderId })} />
      <NativeSelect size="xs" label={t("list.state")} value={filter.state} onChange={set("state")} data={states(validationStates)} />
      <NativeSelect
        size="xs"
        label={t("transactions.settlement")}
        value={filter.settlement}
        onChange={set("settlement")}
        data={states(settlementStates)}
      />
      <NativeSelect
        size="xs"
        label={t("transactions.pricing")}
        value={filter.pricing}
        onChange={set("pricing")}
        data={states(pricingStates)}
      />
      <ProgrammeAndPartner filter={filter} onChange={onChange} />
      <TextInput size="xs" type="date" label={t("reports.from")} value={filter.from} onChange={set("from")} />
      <TextInput size="xs" type="date" label={t("reports.to")} value={filter.to} onChange={set("to")} />
      {isFiltered(filter) && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconFilterOff size={14} aria-hidden />}
          onClick={() => onChange({ state: "", settlement: "", pricing: "", programme: "", partner: "", from: "", to: "", orderId: "" })}
        >
          {t("reports.reset")}
        </Button>
      )}
    </Group>
  );
}

/** Applied on Enter or when the field is left, so that typing does not ask the server for each letter. */
function OrderInput({ value, onChange }: { readonly value: string; readonly onChange: (orderId: string) => void }) {
  const t = useText();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const apply = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <TextInput
      size="xs"
      w={150}
      label={t("transactions.order")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply();
      }}
    />
  );
}

function ProgrammeAndPartner({ filter, onChange }: Props) {
  const t = useText();
  const own = useMembership();
  const programmes = useApi(listProgrammes, { query: { limit: 200 } });
  const contracts = useApi(listContracts, { query: { limit: 200 } });
  const known = (programmes.data?.rows ?? []).filter((each) => each.org === own?.id || each.contract !== null);
  const partners = new Map<string, string>();
  for (const contract of contracts.data?.rows ?? []) {
    const earner = contract.parties.find((party) => party.org === contract.earner);
    if (earner && earner.org !== own?.id) partners.set(earner.org, earner.name);
  }
  return (
    <>
      {known.length > 1 && (
        <NativeSelect
          size="xs"
          label={t("partners.programme")}
          value={filter.programme}
          onChange={(event) => onChange({ ...filter, programme: event.currentTarget.value })}
          data={[{ value: "", label: t("form.all") }, ...known.map((each) => ({ value: each.id, label: each.name }))]}
        />
      )}
      {partners.size > 0 && (
        <NativeSelect
          size="xs"
          label={t("partners.partner")}
          value={filter.partner}
          onChange={(event) => onChange({ ...filter, partner: event.currentTarget.value })}
          data={[{ value: "", label: t("form.all") }, ...[...partners].map(([value, label]) => ({ value, label }))]}
        />
      )}
    </>
  );
}
