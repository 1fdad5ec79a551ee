import type { acceptanceView } from "@biotop/wire";
import { Text } from "@mantine/core";
import type { z } from "zod";
import { useText } from "../../i18n/i18n.ts";

type Authority = z.output<typeof acceptanceView>["authority"];

/** By what right an organisation accepted: a person, a key in a person's name, or a standing offer. */
export function AcceptanceAuthority({ authority }: { readonly authority: Authority }) {
  const t = useText();
  const words =
    authority.kind === "person"
      ? t("contracts.authority-person")
      : authority.kind === "key"
        ? t("contracts.authority-key", { authority: authority.signingAuthority })
        : t("contracts.authority-offer");
  return (
    <Text fz="xs" c="dimmed">
      {words}
    </Text>
  );
}
