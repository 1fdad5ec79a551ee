import { type Currency, isCurrency } from "@biotop/kernel";
import { Checkbox, NativeSelect, NumberInput, SimpleGrid, Stack, Textarea } from "@mantine/core";
import { timeZoneChoices } from "../../format/places.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { MoneyInput } from "../../ui/number-text-input.tsx";
import type { Vocabulary } from "./condition-editor.tsx";
import type { TermsDraft } from "./terms-draft.ts";

type Props = { readonly value: TermsDraft; readonly vocabulary: Vocabulary; readonly onChange: (terms: TermsDraft) => void };

/** Everything around the commission: windows, validation, payment, currency, special terms. */
export function FrameEditor({ value, vocabulary, onChange }: Props) {
  const t = useText();
  const { attribution, validation, payment } = value;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <DaysInput
          label={t("deal.click-window")}
          min={1}
          value={attribution.clickWindowDays}
          onChange={(clickWindowDays) => onChange({ ...value, attribution: { ...attribution, clickWindowDays } })}
        />
        <DaysInput
          label={t("deal.validation-days")}
          min={0}
          value={validation.days}
          onChange={(days) => onChange({ ...value, validation: { ...validation, days } })}
        />
        <NativeSelect
          label={t("deal.on-deadline")}
          value={validation.onDeadline}
          onChange={(event) =>
            onChange({
              ...value,
              validation: { ...validation, onDeadline: event.currentTarget.value === "decline" ? "decline" : "approve" },
            })
          }
          data={[
            { value: "approve", label: t("deal.on-deadline-approve") },
            { value: "decline", label: t("deal.on-deadline-decline") },
          ]}
        />
        <NativeSelect
          label={t("deal.rate-lock")}
          value={value.rateLock}
          onChange={(event) => onChange({ ...value, rateLock: event.currentTarget.value === "click" ? "click" : "conversion" })}
          data={[
            { value: "conversion", label: t("deal.rate-lock-conversion") },
            { value: "click", label: t("deal.rate-lock-click") },
          ]}
        />
        <CurrencyInput label={t("deal.currency")} value={value.currency} onChange={(currency) => onChange({ ...value, currency })} />
        <MoneyInput
          label={t("deal.threshold")}
          currency={value.currency}
          value={String(payment.thresholdMinor)}
          onValue={(thresholdMinor) => onChange({ ...value, payment: { ...payment, thresholdMinor } })}
        />
        <NativeSelect
          label={t("organisation.time-zone")}
          value={value.timeZone}
          onChange={(event) => onChange({ ...value, timeZone: event.currentTarget.value as typeof value.timeZone })}
          data={[...new Set([value.timeZone, ...timeZoneChoices()])]}
        />
      </SimpleGrid>
      <DeclineReasons value={value} vocabulary={vocabulary} onChange={onChange} />
      <Checkbox
        label={t("deal.self-billing")}
        description={t("deal.self-billing-hint")}
        checked={value.selfBilling.agreed}
        onChange={(event) => onChange({ ...value, selfBilling: { agreed: event.currentTarget.checked } })}
      />
      <Textarea
        label={t("deal.notes")}
        description={t("deal.notes-hint")}
        autosize
        minRows={2}
        value={value.notes ?? ""}
        onChange={(event) => onChange({ ...value, notes: event.currentTarget.value })}
      />
    </Stack>
  );
}

function DeclineReasons({ value, vocabulary, onChange }: Props) {
  const t = useText();
  const local = useLocalText();
  const { validation } = value;
  return (
    <Checkbox.Group
      label={t("deal.decline-reasons")}
      description={t("deal.decline-reasons-hint")}
      value={[...validation.declineReasons]}
      onChange={(declineReasons) => {
        if (declineReasons.length > 0) onChange({ ...value, validation: { ...validation, declineReasons } });
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
        {vocabulary.declineReasons.map((reason) => (
          <Checkbox key={reason.code} size="xs" value={reason.code} label={local(reason.label)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}

type DaysProps = { readonly label: string; readonly min: number; readonly value: number; readonly onChange: (days: number) => void };

function DaysInput({ label, min, value, onChange }: DaysProps) {
  const t = useText();
  return (
    <NumberInput
      label={label}
      value={value}
      min={min}
      max={365}
      allowDecimal={false}
      suffix={` ${t("deal.days")}`}
      onChange={(days) => {
        if (typeof days === "number") onChange(days);
      }}
    />
  );
}

type CurrencyProps = { readonly label: string; readonly value: Currency; readonly onChange: (currency: Currency) => void };

const usualCurrencies = ["EUR", "CHF", "GBP", "USD", "PLN", "SEK", "DKK", "NOK", "CZK", "HUF"];

export function CurrencyInput({ label, value, onChange }: CurrencyProps) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => {
        if (isCurrency(event.currentTarget.value)) onChange(event.currentTarget.value);
      }}
      data={[...new Set([...usualCurrencies, value])]}
    />
  );
}
