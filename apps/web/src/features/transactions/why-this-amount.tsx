import { List, Stack, Text } from "@mantine/core";
import { IconCalculator } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Amount } from "../../ui/amount.tsx";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Transaction } from "./transaction.ts";
import classes from "./why-this-amount.module.css";

type Line = Transaction["lines"][number];

/** Rule, base, exchange, rate, rounding: one sentence per step, so that anybody can reckon it again. */
export function WhyThisAmount({ transaction }: { readonly transaction: Transaction }) {
  const t = useText();
  return (
    <Card title={t("transactions.why")} hint={t("transactions.why-hint")}>
      {transaction.lines.length === 0 ? (
        <EmptyState icon={IconCalculator} title={t("transactions.no-lines")} text={t("transactions.no-lines-text")} />
      ) : (
        <Stack gap="md">
          {transaction.lines.map((line) => (
            <LineView key={line.id} line={line} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

function LineView({ line }: { readonly line: Line }) {
  const t = useText();
  const local = useLocalText();
  return (
    <section className={classes["line"]}>
      <header className={classes["head"]}>
        <div>
          <Text fz="sm" fw={600}>
            {line.payee.name}
          </Text>
          <Text fz="xs" c="dimmed">
            {line.kind === "commission" ? t("transactions.line-commission") : t("transactions.line-split")} ·{" "}
            {t("transactions.paid-by", { name: line.payer.name })}
            {line.corrects && ` · ${t("transactions.corrects")}`}
          </Text>
        </div>
        <div className={classes["amount"]}>
          <Amount money={line.amount} strong />
          <div>
            {line.document ? (
              <Link to={`/documents/${line.document}`}>
                <StateBadge state={line.settlement} />
              </Link>
            ) : (
              <StateBadge state={line.settlement} />
            )}
          </div>
        </div>
      </header>
      <List fz="sm" spacing={2} className={classes["steps"] ?? ""}>
        {line.trace.map((step, index) => (
          <List.Item key={`${step.position}-${step.ruleId}-${index}`}>{local(step.text)}</List.Item>
        ))}
      </List>
    </section>
  );
}
