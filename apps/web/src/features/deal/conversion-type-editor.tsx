import type { Currency } from "@biotop/kernel";
import { ActionIcon, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useText } from "../../i18n/i18n.ts";
import { ConditionEditor, firstComparison, type Vocabulary } from "./condition-editor.tsx";
import { PayEditor } from "./pay-editor.tsx";
import { type ConversionTypeDraft, freeId, type RuleDraft, replaceAt, withoutAt } from "./terms-draft.ts";

type Props = {
  readonly value: ConversionTypeDraft;
  readonly currency: Currency;
  readonly shopCurrency: Currency;
  readonly vocabulary: Vocabulary;
  readonly onChange: (type: ConversionTypeDraft) => void;
  readonly onRemove?: () => void;
};

/** What one kind of event pays: rules from top to bottom, the first that fits decides, and what holds otherwise. */
export function ConversionTypeEditor({ value, currency, shopCurrency, vocabulary, onChange, onRemove }: Props) {
  const t = useText();
  const fields = vocabulary.fields.filter((field) => field.levels.includes(value.level));
  const addRule = () => {
    const id = freeId(
      "rule",
      value.rules.map((rule) => rule.id),
    );
    const label = { de: `Regel ${value.rules.length + 1}`, en: `Rule ${value.rules.length + 1}` };
    const rule: RuleDraft = { id, label, when: firstComparison(fields), pay: { kind: "percent", ppm: "100000" } };
    onChange({ ...value, rules: [...value.rules, rule] });
  };
  return (
    <Stack gap="sm">
      <EventHead value={value} onChange={onChange} {...(onRemove ? { onRemove } : {})} />
      {value.rules.map((rule, index) => (
        <RuleEditor
          key={rule.id}
          rule={rule}
          no={index + 1}
          level={value.level}
          currency={currency}
          shopCurrency={shopCurrency}
          vocabulary={vocabulary}
          onChange={(next) => onChange({ ...value, rules: replaceAt(value.rules, index, next) })}
          onRemove={() => onChange({ ...value, rules: withoutAt(value.rules, index) })}
          onMove={(by) => onChange({ ...value, rules: moved(value.rules, index, by) })}
        />
      ))}
      <Button variant="light" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />} onClick={addRule}>
        {t("deal.add-rule")}
      </Button>
      <PayEditor
        label={t(value.rules.length > 0 ? "deal.otherwise" : "deal.always")}
        value={value.otherwise}
        currency={currency}
        onChange={(otherwise) => onChange({ ...value, otherwise })}
      />
    </Stack>
  );
}

function EventHead({ value, onChange, onRemove }: Pick<Props, "value" | "onChange" | "onRemove">) {
  const t = useText();
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={t("deal.event")}
        value={value.event}
        onChange={(event) => onChange({ ...value, event: event.currentTarget.value })}
        data={[...new Set(["sale", "lead", value.event])].map((event) => ({
          value: event,
          label: event === "sale" || event === "lead" ? t(`deal.event-${event}`) : event,
        }))}
      />
      <NativeSelect
        label={t("deal.level")}
        value={value.level}
        onChange={(event) => onChange({ ...value, level: event.currentTarget.value === "item" ? "item" : "order", rules: [] })}
        data={[
          { value: "order", label: t("deal.level-order") },
          { value: "item", label: t("deal.level-item") },
        ]}
      />
      {onRemove && (
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("form.remove")} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

type RuleProps = {
  readonly rule: RuleDraft;
  readonly no: number;
  readonly level: "item" | "order";
  readonly currency: Currency;
  readonly shopCurrency: Currency;
  readonly vocabulary: Vocabulary;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onRemove: () => void;
  readonly onMove: (by: -1 | 1) => void;
};

function RuleEditor({ rule, no, level, currency, shopCurrency, vocabulary, onChange, onRemove, onMove }: RuleProps) {
  const t = useText();
  return (
    <Paper withBorder p="sm" radius="md" component="fieldset">
      <Group justify="space-between" mb={6} wrap="nowrap">
        <Text component="legend" fz="sm" fw={600}>
          {t("deal.rule", { no })}
        </Text>
        <Group gap={2} wrap="nowrap">
          <ActionIcon variant="subtle" color="gray" aria-label={t("deal.move-up")} onClick={() => onMove(-1)} disabled={no === 1}>
            <IconArrowUp size={15} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("deal.move-down")} onClick={() => onMove(1)}>
            <IconArrowDown size={15} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={t("form.remove")} onClick={onRemove}>
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      </Group>
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <TextInput
            label={t("deal.rule-label-de")}
            value={rule.label.de}
            onChange={(event) => onChange({ ...rule, label: { ...rule.label, de: event.currentTarget.value } })}
          />
          <TextInput
            label={t("deal.rule-label-en")}
            value={rule.label.en}
            onChange={(event) => onChange({ ...rule, label: { ...rule.label, en: event.currentTarget.value } })}
          />
        </SimpleGrid>
        <Text fz="sm" fw={500}>
          {t("deal.when")}
        </Text>
        <ConditionEditor
          value={rule.when}
          vocabulary={vocabulary}
          level={level}
          shopCurrency={shopCurrency}
          onChange={(when) => onChange({ ...rule, when })}
        />
        <PayEditor label={t("deal.then")} value={rule.pay} currency={currency} onChange={(pay) => onChange({ ...rule, pay })} />
      </Stack>
    </Paper>
  );
}

function moved<Item>(items: readonly Item[], index: number, by: -1 | 1): Item[] {
  const target = index + by;
  const one = items[index];
  const other = items[target];
  if (one === undefined || other === undefined) return [...items];
  return replaceAt(replaceAt(items, index, other), target, one);
}
