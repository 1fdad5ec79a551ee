import type { Currency } from "@biotop/kernel";
import { Group, NativeSelect } from "@mantine/core";
import { useText } from "../../i18n/i18n.ts";
import { MoneyInput, PercentInput } from "../../ui/number-text-input.tsx";
import type { PayDraft } from "./terms-draft.ts";

type Props = { readonly label: string; readonly value: PayDraft; readonly currency: Currency; readonly onChange: (pay: PayDraft) => void };

/** A share of the net value, an amount, or nothing. */
export function PayEditor({ label, value, currency, onChange }: Props) {
  const t = useText();
  const choose = (kind: string) => {
    if (kind === "percent") onChange({ kind, ppm: "50000" });
    else if (kind === "fixed") onChange({ kind, minor: "500" });
    else onChange({ kind: "none" });
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NativeSelect
        flex={1}
        label={label}
        value={value.kind}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[
          { value: "percent", label: t("deal.pay-percent") },
          { value: "fixed", label: t("deal.pay-fixed") },
          { value: "none", label: t("deal.pay-none") },
        ]}
      />
      {value.kind === "percent" && (
        <PercentInput
          w={120}
          aria-label={t("deal.percent")}
          value={String(value.ppm)}
          onValue={(ppm) => onChange({ kind: "percent", ppm })}
        />
      )}
      {value.kind === "fixed" && (
        <MoneyInput
          w={140}
          aria-label={t("deal.amount")}
          currency={currency}
          value={String(value.minor)}
          onValue={(minor) => onChange({ kind: "fixed", minor })}
        />
      )}
    </Group>
  );
}
