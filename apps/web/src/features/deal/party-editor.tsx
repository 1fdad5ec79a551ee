import type { OrgId } from "@biotop/kernel";
import { listOrganisations, partyRoles } from "@biotop/wire";
import { ActionIcon, Checkbox, Group, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { type PartyDraft, replaceAt, withoutAt } from "./terms-draft.ts";

export type NamedParty = PartyDraft & { readonly name: string };

type Props = {
  readonly value: readonly NamedParty[];
  readonly locked: ReadonlySet<string>;
  readonly onChange: (parties: readonly NamedParty[]) => void;
};

const addedRoles: readonly PartyDraft["roles"][number][] = partyRoles.filter((role) => role !== "payer" && role !== "earner");

/** Who is bound by the contract, in which roles, and who signs. */
export function PartyEditor({ value, locked, onChange }: Props) {
  const t = useText();
  return (
    <Stack gap="xs">
      {value.map((party, index) => (
        <Group key={party.org} gap="xs" align="center">
          <Text fz="sm" fw={550} flex="1 1 140px">
            {party.name}
          </Text>
          {locked.has(party.org) ? (
            <Text fz="sm" c="dimmed">
              {party.roles.map((role) => t(`role.${role}`)).join(", ")}
            </Text>
          ) : (
            <>
              <MultiSelect
                flex="2 1 200px"
                aria-label={t("deal.party-roles")}
                value={[...party.roles]}
                onChange={(roles) => onChange(replaceAt(value, index, { ...party, roles: roles as PartyDraft["roles"] }))}
                data={addedRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
              />
              <Checkbox
                label={t("deal.party-signs")}
                checked={party.signatory}
                onChange={(event) => onChange(replaceAt(value, index, { ...party, signatory: event.currentTarget.checked }))}
              />
              <ActionIcon variant="subtle" color="gray" aria-label={t("form.remove")} onClick={() => onChange(withoutAt(value, index))}>
                <IconTrash size={15} />
              </ActionIcon>
            </>
          )}
        </Group>
      ))}
      <OrganisationPicker
        label={t("deal.add-party")}
        exclude={value.map((party) => party.org)}
        onPick={(org, name) => onChange([...value, { org, name, roles: ["agency"], signatory: true }])}
      />
    </Stack>
  );
}

type PickerProps = {
  readonly label: string;
  readonly exclude: readonly string[];
  readonly onPick: (org: OrgId, name: string) => void;
};

/** Finds an organisation of this instance by name. */
export function OrganisationPicker({ label, exclude, onPick }: PickerProps) {
  const t = useText();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text, 250);
  const found = useApi(listOrganisations, { query: { search, limit: 20 } }, { keepPrevious: true });
  const choices = (found.data?.rows ?? []).filter((each) => !exclude.includes(each.id));
  return (
    <Select
      label={label}
      placeholder={t("deal.party-search")}
      searchable
      searchValue={text}
      onSearchChange={setText}
      value={null}
      maw={360}
      nothingFoundMessage={t("deal.party-none")}
      data={choices.map((each) => ({ value: each.id, label: each.name }))}
      filter={({ options }) => options}
      onChange={(id) => {
        const picked = choices.find((each) => each.id === id);
        if (picked) onPick(picked.id, picked.name);
        setText("");
      }}
    />
  );
}
