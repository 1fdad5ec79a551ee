import { transactionSummary } from "@biotop/wire";
import { SimpleGrid, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { useApi } from "../../api/use-api.ts";
import { countText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import classes from "./summary-tiles.module.css";
import { filterQuery, type TransactionFilter } from "./transaction-filter.ts";

type Props = { readonly filter: TransactionFilter; readonly onFilter: (filter: TransactionFilter) => void };

const shown = ["open", "approved", "adjusted", "declined"] as const;

/** How much waits, counts and was declined; a click filters the list. */
export function SummaryTiles({ filter, onFilter }: Props) {
  const t = useText();
  const { programme, partner } = filterQuery(filter);
  const summary = useApi(
    transactionSummary,
    {
      query: {
        ...(filter.from ? { from: filter.from as never } : {}),
        ...(filter.to ? { to: filter.to as never } : {}),
        ...(programme ? { programme } : {}),
        ...(partner ? { partner } : {}),
      },
    },
    { keepPrevious: true },
  );
  if (!summary.data) return <Skeleton height={88} radius="lg" />;
  const { states } = summary.data;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
      {shown.map((state) => {
        const row = states.find((each) => each.validation === state);
        const isChosen = filter.state === state;
        return (
          <UnstyledButton
            key={state}
            className={classes["tile"] ?? ""}
            aria-pressed={isChosen}
            onClick={() => onFilter({ ...filter, state: isChosen ? "" : state })}
          >
            <StateBadge state={state} />
            <Text fz="lg" fw={650}>
              {countText(row?.count ?? 0)}
            </Text>
            <Text fz="xs" c="dimmed" component="div">
              {t("transactions.commission")}{" "}
              {(row?.commissions ?? []).map((money) => (
                <span key={money.currency}>
                  <Amount money={money} />{" "}
                </span>
              ))}
              {(row?.commissions.length ?? 0) === 0 && "–"}
            </Text>
          </UnstyledButton>
        );
      })}
    </SimpleGrid>
  );
}
