import type { Money } from "@biotop/kernel";
import { Text } from "@mantine/core";
import { moneyText } from "../format/format.ts";
import { useLanguage } from "../i18n/i18n.ts";

type Props = { readonly money: Money | null | undefined; readonly strong?: boolean; readonly signed?: boolean };

/** An amount in its own currency; negative ones are marked by sign and colour. */
export function Amount({ money, strong, signed }: Props) {
  useLanguage();
  if (!money)
    return (
      <Text span c="dimmed" className="num">
        –
      </Text>
    );
  const sign = signed && money.minor > 0n ? "+" : "";
  return (
    <Text span inherit className="num" {...(strong ? { fw: 650 } : {})} {...(money.minor < 0n ? { c: "red" } : {})}>
      {sign}
      {moneyText(money)}
    </Text>
  );
}
