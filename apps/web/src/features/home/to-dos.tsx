import { unreachable } from "@biotop/kernel";
import type { getHome } from "@biotop/wire";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Answer } from "../../api/call.ts";
import { dateText } from "../../format/format.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ApproveRunButton } from "../finance/approve-run-button.tsx";
import classes from "./to-dos.module.css";

type ToDo = Answer<typeof getHome>["toDos"][number];

type Target = { readonly to: string; readonly search?: Readonly<Record<string, string>> };

/** Each to-do can be settled where it stands, or leads to the one page where it is settled. */
export function ToDos({ toDos }: { readonly toDos: readonly ToDo[] }) {
  const t = useText();
  const count = toDos.length;
  return (
    <Card title={count > 0 ? t("home.to-dos", { count }) : t("home.to-dos-none")}>
      {count === 0 ? (
        <EmptyState icon={IconCircleCheck} title={t("home.all-done")} text={t("home.all-done-text")} />
      ) : (
        <Stack component="ul" gap={0} className={classes["list"] ?? ""}>
          {toDos.map((toDo) => (
            <ToDoRow key={toDo.kind + (toDo.subject ?? "")} toDo={toDo} />
          ))}
        </Stack>
      )}
    </Card>
  );
}

function ToDoRow({ toDo }: { readonly toDo: ToDo }) {
  const t = useText();
  const local = useLocalText();
  const { to, search } = targetOf(toDo);
  const isBlocking = toDo.kind === "add-tax-data" || toDo.kind === "add-bank-account" || toDo.kind === "statements-wait";
  const Icon = isBlocking ? IconAlertTriangle : IconClock;
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm" className={classes["row"] ?? ""}>
      <Icon size={17} aria-hidden color={isBlocking ? "var(--mantine-color-orange-6)" : "var(--ink-soft)"} style={{ flexShrink: 0 }} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fz="sm" fw={550}>
          {local(toDo.text)}
        </Text>
        {toDo.dueAt && (
          <Text fz="xs" c="dimmed">
            {t("home.due", { date: dateText(toDo.dueAt) })}
          </Text>
        )}
      </div>
      {toDo.kind === "approve-payout-run" && toDo.subject ? <ApproveRunButton runId={toDo.subject} compact /> : null}
      <Button component={Link} to={to} search={(search ?? {}) as never} size="compact-sm" variant="light">
        {t(`home.do-${toDo.kind}`)}
      </Button>
    </Group>
  );
}

function targetOf({ kind, subject }: ToDo): Target {
  switch (kind) {
    case "answer-proposal":
      return subject ? { to: `/proposals/${subject}` } : { to: "/contracts", search: { turn: "mine" } };
    case "validate-transactions":
      return { to: "/transactions", search: { state: "open", pricing: "priced" } };
    case "add-tax-data":
      return { to: "/organisation" };
    case "add-bank-account":
      return { to: "/organisation", search: { part: "bank" } };
    case "approve-payout-run":
    case "download-payout-file":
      return subject ? { to: `/payout-runs/${subject}` } : { to: "/finance", search: { tab: "payouts" } };
    case "statements-wait":
      return { to: "/finance", search: { tab: "documents" } };
    case "read-notifications":
      return { to: "/notifications" };
    default:
      return unreachable(kind);
  }
}
