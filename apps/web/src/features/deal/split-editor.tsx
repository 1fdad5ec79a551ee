import type { Currency } from "@biotop/kernel";
import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useText } from "../../i18n/i18n.ts";
import { MoneyInput, PercentInput } from "../../ui/number-text-input.tsx";
import type { NamedParty } from "./party-editor.tsx";
import { freeId, replaceAt, type SplitDraft, withoutAt } from "./terms-draft.ts";

const kinds = ["on-top-of-commission", "inside-commission", "of-base", "fixed"] as const;

type Props = {
  readonly value: readonly SplitDraft[];
  readonly payees: readonly NamedParty[];
  readonly currency: Currency;
  readonly onChange: (splits: SplitDraft[]) => void;
};

/** What further parties get from each sale: on top of the commission, out of it, of the net value, or an amount. */
export function SplitEditor({ value, payees, currency, onChange }: Props) {
  const t = useText();
  const [first] = payees;
  if (payees.length === 0 || !first)
    return (
      <Text fz="sm" c="dimmed">
        {t("deal.split-needs-party")}
      </Text>
    );
  const add = () => {
    const id = freeId(
      "split",
      value.map((split) => split.id),
    );
    onChange([...value, { id, payee: first.org, kind: "on-top-of-commission", ppm: "100000" }]);
  };
  return (
    <Stack gap="xs">
      {value.map((split, index) => (
        <Group key={split.id} gap="xs" align="flex-end">
          <NativeSelect
            flex="1 1 150px"
            label={t("deal.split-payee")}
            value={split.payee}
            onChange={(event) => onChange(replaceAt(value, index, { ...split, payee: event.currentTarget.value as typeof split.payee }))}
            data={payees.map((party) => ({ value: party.org, label: party.name }))}
          />
          <NativeSelect
            flex="1 1 190px"
            label={t("deal.split-kind")}
            value={split.kind}
            onChange={(event) => onChange(replaceAt(value, index, withKind(split, event.currentTarget.value as SplitDraft["kind"])))}
            data={kinds.map((kind) => ({ value: kind, label: t(`deal.split-${kind}`) }))}
          />
          {split.kind === "fixed" ? (
            <MoneyInput
              w={130}
              label={t("deal.amount")}
              currency={currency}
              value={String(split.minor)}
              onValue={(minor) => onChange(replaceAt(value, index, { ...split, minor }))}
            />
          ) : (
            <PercentInput
              w={110}
              label={t("deal.percent")}
              value={String(split.ppm)}
              onValue={(ppm) => onChange(replaceAt(value, index, { ...split, ppm }))}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("form.remove")}
            onClick={() => onChange(withoutAt(value, index))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Button variant="light" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />} onClick={add}>
        {t("deal.add-split")}
      </Button>
    </Stack>
  );
}

function withKind(split: SplitDraft, kind: SplitDraft["kind"]): SplitDraft {
  const base = { id: split.id, payee: split.payee };
  if (kind === "fixed") return { ...base, kind, minor: "100" };
  return { ...base, kind, ppm: split.kind === "fixed" ? "100000" : split.ppm };
}
