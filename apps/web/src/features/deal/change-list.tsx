import type { dealChange } from "@biotop/wire";
import { Text, VisuallyHidden } from "@mantine/core";
import { IconArrowRight, IconMinus, IconPlus } from "@tabler/icons-react";
import type { z } from "zod";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import classes from "./change-list.module.css";

type Change = z.output<typeof dealChange>;

/** Old → new, per item: sign, colour and words, so that nobody depends on colour. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const t = useText();
  if (changes.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("deal.no-changes")}
      </Text>
    );
  return (
    <ul className={classes["list"]} aria-label={t("deal.changes")}>
      {changes.map((change) => (
        <ChangeRow key={change.pointer} change={change} />
      ))}
    </ul>
  );
}

function ChangeRow({ change }: { readonly change: Change }) {
  const t = useText();
  const local = useLocalText();
  const { before, after, label } = change;
  const Icon = before && after ? IconArrowRight : after ? IconPlus : IconMinus;
  return (
    <li className={classes["row"]}>
      <span className={classes["label"]}>{local(label)}</span>
      <span className={classes["values"]}>
        {before && (
          <del>
            <VisuallyHidden>{t("deal.before")} </VisuallyHidden>
            {local(before)}
          </del>
        )}
        <Icon size={13} aria-hidden />
        {after ? (
          <ins>
            <VisuallyHidden>{t("deal.after")} </VisuallyHidden>
            {local(after)}
          </ins>
        ) : (
          <span>{t("deal.removed")}</span>
        )}
      </span>
    </li>
  );
}
