import type { ConversionId } from "@biotop/kernel";
import { Button, Group, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { countText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import classes from "./bulk-bar.module.css";
import { type Decision, DecisionDialog, type Target } from "./decision-dialog.tsx";
import type { TransactionRow } from "./transaction-columns.tsx";
import type { filterQuery } from "./transaction-filter.ts";

type Props = {
  readonly rows: readonly TransactionRow[];
  readonly total: number | undefined;
  readonly hasMore: boolean;
  readonly filter: ReturnType<typeof filterQuery>;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (ids: ReadonlySet<string>) => void;
};

/** What is selected, and the way to select everything that matches the filter, not only what is on the screen. */
export function BulkBar({ rows, total, hasMore, filter, chosen, onChosen }: Props) {
  const t = useText();
  const [isAll, setIsAll] = useState(false);
  const [decision, setDecision] = useState<Decision>();
  const allSelected = isAll && chosen.size === rows.length;
  const target: Target = allSelected
    ? { kind: "filter", filter, count: total }
    : { kind: "ids", ids: [...chosen] as ConversionId[], rows: rows.filter((row) => chosen.has(row.id)) };
  const selectAll = () => {
    onChosen(new Set(rows.map((row) => row.id)));
    setIsAll(true);
  };
  const clear = () => {
    onChosen(new Set());
    setIsAll(false);
  };
  return (
    <Group className={classes["bar"] ?? ""} gap="sm" role="region" aria-label={t("transactions.bulk")}>
      <Text fz="sm" fw={550} aria-live="polite">
        {allSelected
          ? total === undefined
            ? t("transactions.all-matching")
            : t("transactions.selected-matching", { count: countText(total) })
          : t("transactions.selected", { count: chosen.size })}
      </Text>
      {!allSelected && (
        <Button size="compact-xs" variant="subtle" onClick={selectAll}>
          {hasMore ? t("transactions.select-matching") : t("transactions.select-shown", { count: rows.length })}
        </Button>
      )}
      {chosen.size > 0 && (
        <>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={clear}>
            {t("transactions.clear")}
          </Button>
          <Button size="compact-sm" leftSection={<IconCheck size={15} aria-hidden />} onClick={() => setDecision("approve")}>
            {t("transactions.approve")}
          </Button>
          <Button size="compact-sm" variant="default" leftSection={<IconX size={15} aria-hidden />} onClick={() => setDecision("decline")}>
            {t("transactions.decline")}
          </Button>
        </>
      )}
      {decision && (
        <DecisionDialog
          decision={decision}
          target={target}
          onClose={() => setDecision(undefined)}
          onDone={() => {
            setDecision(undefined);
            clear();
          }}
        />
      )}
    </Group>
  );
}
