import { type Currency, minorDigits } from "@biotop/kernel";
import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { parseMinor, parsePercentPpm, typedDecimal } from "../format/parse-amount.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";

type Own = { readonly value: string; readonly onValue: (value: string) => void };
type Rest = Omit<TextInputProps, "value" | "onChange" | "error">;

/** Percent as a person types it; the value is ppm as text. */
export function PercentInput({ value, onValue, ...rest }: Own & Rest) {
  const t = useText();
  return (
    <ParsedInput {...rest} value={value} onValue={onValue} digits={4} parse={parsePercentPpm} problem={t("form.percent")} suffix="%" />
  );
}

type MoneyProps = Own & Rest & { readonly currency: Currency };

/** An amount as a person types it; the value is minor units as text. */
export function MoneyInput({ value, onValue, currency, ...rest }: MoneyProps) {
  const t = useText();
  return (
    <ParsedInput
      {...rest}
      value={value}
      onValue={onValue}
      digits={minorDigits(currency)}
      parse={(text) => parseMinor(text, currency)}
      problem={t("form.amount")}
      suffix={currency}
    />
  );
}

type ParsedProps = Own &
  Rest & {
    readonly digits: number;
    readonly parse: (text: string) => bigint | undefined;
    readonly problem: string;
    readonly suffix: string;
  };

function ParsedInput({ value, onValue, digits, parse, problem, suffix, ...rest }: ParsedProps) {
  const mark = useLanguage() === "de" ? "," : ".";
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? (value === "" ? "" : typedDecimal(BigInt(value), digits, mark));
  const isWrong = typed !== undefined && typed.trim() !== "" && (parse(typed) ?? -1n) < 0n;
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      value={shown}
      rightSection={<span aria-hidden>{suffix}</span>}
      rightSectionWidth={suffix.length > 1 ? 46 : 30}
      styles={{
        input: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
        section: { fontSize: "0.8rem", color: "var(--ink-soft)" },
      }}
      error={isWrong ? problem : undefined}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const parsed = parse(text);
        if (parsed !== undefined && parsed >= 0n) onValue(parsed.toString());
      }}
      onBlur={() => {
        if (!isWrong) setTyped(undefined);
      }}
    />
  );
}
