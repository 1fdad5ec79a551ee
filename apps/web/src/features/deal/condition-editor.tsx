import type { Currency } from "@biotop/kernel";
import type { getDealVocabulary } from "@biotop/wire";
import { ActionIcon, Button, Group, NativeSelect, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { MoneyInput } from "../../ui/number-text-input.tsx";
import { type Comparison, flatten, replaceAt, unflatten, withoutAt } from "./terms-draft.ts";

export type Vocabulary = Answer<typeof getDealVocabulary>;
type FieldView = Vocabulary["fields"][number];

type Props = {
  readonly value: unknown;
  readonly vocabulary: Vocabulary;
  readonly level: "item" | "order";
  readonly shopCurrency: Currency;
  readonly onChange: (condition: unknown) => void;
};

/** "When": a list of comparisons, all or any of which must hold. */
export function ConditionEditor({ value, vocabulary, level, shopCurrency, onChange }: Props) {
  const t = useText();
  const flat = flatten(value);
  if (!flat)
    return (
      <Text fz="sm" c="dimmed">
        {t("deal.condition-nested")}
      </Text>
    );
  const fields = vocabulary.fields.filter((field) => field.levels.includes(level));
  const set = (parts: readonly Comparison[], join = flat.join) => onChange(unflatten({ join, parts }));
  const add = () => set([...flat.parts, firstComparison(fields)]);
  return (
    <Stack gap={6}>
      {flat.parts.length > 1 && (
        <NativeSelect
          w={220}
          aria-label={t("deal.join")}
          value={flat.join}
          onChange={(event) => set(flat.parts, event.currentTarget.value === "any" ? "any" : "all")}
          data={[
            { value: "all", label: t("deal.join-all") },
            { value: "any", label: t("deal.join-any") },
          ]}
        />
      )}
      {flat.parts.map((part, index) => (
        <ComparisonRow
          key={index}
          part={part}
          fields={fields}
          shopCurrency={shopCurrency}
          onChange={(next) => set(replaceAt(flat.parts, index, next))}
          {...(flat.parts.length > 1 ? { onRemove: () => set(withoutAt(flat.parts, index)) } : {})}
        />
      ))}
      <Button variant="subtle" size="compact-xs" w="fit-content" leftSection={<IconPlus size={13} />} onClick={add}>
        {t("deal.add-condition")}
      </Button>
    </Stack>
  );
}

/** What a new rule asks first: the item group where there are items, else the customer. */
export function firstComparison(fields: readonly FieldView[]): Comparison {
  const field = fields.find((each) => each.field === "customerStatus") ?? fields[0];
  return field ? comparisonOf(field) : { field: "customerStatus", op: "eq", value: "new" };
}

function comparisonOf(field: FieldView, wanted?: Comparison["op"]): Comparison {
  const op = wanted ?? field.ops[0] ?? "eq";
  if (op === "eq") return { field: field.field, op, value: field.choices[0]?.value ?? "" };
  if (op === "range") return { field: field.field, op, value: { from: "0", below: null } };
  if (op === "exists") return { field: field.field, op, value: true };
  return { field: field.field, op, value: [] };
}

type RowProps = {
  readonly part: Comparison;
  readonly fields: readonly FieldView[];
  readonly shopCurrency: Currency;
  readonly onChange: (part: Comparison) => void;
  readonly onRemove?: () => void;
};

function ComparisonRow({ part, fields, shopCurrency, onChange, onRemove }: RowProps) {
  const t = useText();
  const local = useLocalText();
  const field = fields.find((each) => each.field === part.field);
  return (
    <Group gap={6} align="flex-start" wrap="wrap">
      <NativeSelect
        aria-label={t("deal.field")}
        w={190}
        value={part.field}
        onChange={(event) => {
          const next = fields.find((each) => each.field === event.currentTarget.value);
          if (next) onChange(comparisonOf(next));
        }}
        data={fields.map((each) => ({ value: each.field, label: local(each.label) }))}
      />
      <NativeSelect
        aria-label={t("deal.operator")}
        w={150}
        value={part.op}
        onChange={(event) => {
          if (field) onChange(comparisonOf(field, event.currentTarget.value as Comparison["op"]));
        }}
        data={(field?.ops ?? [part.op]).map((op) => ({ value: op, label: t(`deal.op-${op}`) }))}
      />
      <ComparisonValue part={part} field={field} shopCurrency={shopCurrency} onChange={(value) => onChange({ ...part, value })} />
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("form.remove")} onClick={onRemove}>
          <IconTrash size={15} />
        </ActionIcon>
      )}
    </Group>
  );
}

type ValueProps = {
  readonly part: Comparison;
  readonly field: FieldView | undefined;
  readonly shopCurrency: Currency;
  readonly onChange: (value: unknown) => void;
};

function ComparisonValue({ part, field, shopCurrency, onChange }: ValueProps) {
  const t = useText();
  const local = useLocalText();
  const label = t("deal.value");
  if (part.op === "eq" && field && field.choices.length > 0)
    return (
      <NativeSelect
        aria-label={label}
        w={180}
        value={String(part.value)}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={field.choices.map((choice) => ({ value: choice.value, label: local(choice.label) }))}
      />
    );
  if (part.op === "eq")
    return <TextInput aria-label={label} w={180} value={String(part.value)} onChange={(event) => onChange(event.currentTarget.value)} />;
  if (part.op === "exists")
    return (
      <NativeSelect
        aria-label={label}
        w={180}
        value={String(part.value)}
        onChange={(event) => onChange(event.currentTarget.value === "true")}
        data={[
          { value: "true", label: t("deal.exists") },
          { value: "false", label: t("deal.exists-not") },
        ]}
      />
    );
  if (part.op === "range") return <RangeValue value={part.value as RangeInput} currency={shopCurrency} onChange={onChange} />;
  return (
    <TagsInput
      aria-label={label}
      flex="1 1 200px"
      value={(part.value as readonly string[]).map(String)}
      onChange={onChange}
      placeholder={t("deal.tags-hint")}
      acceptValueOnBlur
    />
  );
}

type RangeInput = { readonly from: string | null; readonly below: string | null };
type RangeProps = { readonly value: RangeInput; readonly currency: Currency; readonly onChange: (value: RangeInput) => void };

function RangeValue({ value, currency, onChange }: RangeProps) {
  const t = useText();
  return (
    <Group gap={6}>
      <MoneyInput
        w={130}
        aria-label={t("deal.from")}
        placeholder={t("deal.from")}
        currency={currency}
        value={value.from === null ? "" : String(value.from)}
        onValue={(from) => onChange({ ...value, from })}
      />
      <MoneyInput
        w={130}
        aria-label={t("deal.below")}
        placeholder={t("deal.below")}
        currency={currency}
        value={value.below === null ? "" : String(value.below)}
        onValue={(below) => onChange({ ...value, below })}
      />
    </Group>
  );
}
