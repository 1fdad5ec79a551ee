import { type LocalDate, parseLocalDate } from "@biotop/kernel";
import { NativeSelect, TextInput } from "@mantine/core";
import { useText } from "../../i18n/i18n.ts";
import { type Preset, periodOf, presetOf, presets } from "./periods.ts";

type Props = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly today: LocalDate;
  readonly onChange: (from: LocalDate, to: LocalDate) => void;
};

/** Presets for the usual, two days for the rest. */
export function PeriodPicker({ from, to, today, onChange }: Props) {
  const t = useText();
  const preset = presetOf(from, to, today);
  const choose = (value: string) => {
    if (value === "custom") return;
    const period = periodOf(value as Preset, today);
    onChange(period.from, period.to);
  };
  return (
    <>
      <NativeSelect
        label={t("reports.period")}
        value={preset ?? "custom"}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          ...presets.map((value) => ({ value, label: t(`reports.period-${value}`) })),
          { value: "custom", label: t("reports.period-custom") },
        ]}
      />
      <DayInput label={t("reports.from")} value={from} onChange={(day) => onChange(day, day > to ? day : to)} />
      <DayInput label={t("reports.to")} value={to} onChange={(day) => onChange(day < from ? day : from, day)} />
    </>
  );
}

type DayProps = { readonly label: string; readonly value: string; readonly onChange: (day: LocalDate) => void };

/** The browser's own date field: keyboard, screen reader and phone know it. */
export function DayInput({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => {
        const day = parseLocalDate(event.currentTarget.value);
        if (day) onChange(day);
      }}
    />
  );
}
