import { ActionIcon, Button, Group, Kbd, Modal, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconListSearch, IconSearch, type TablerIcon } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useState } from "react";
import { allActions } from "../actions/all-actions.ts";
import { isOffered } from "../actions/define-action.ts";
import { useMembership } from "../api/session.ts";
import { type Translate, useText } from "../i18n/i18n.ts";
import classes from "./palette.module.css";

type Entry = {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly icon: TablerIcon;
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
};

const shownMax = 9;

/** ⌘K: every page and action by name, and any order by its number. */
export function Palette() {
  const t = useText();
  const [isOpen, palette] = useDisclosure(false);
  useHotkeys([["mod+K", palette.toggle]], []);
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        c="dimmed"
        leftSection={<IconSearch size={15} aria-hidden />}
        onClick={palette.open}
        visibleFrom="md"
      >
        <Group gap={10} wrap="nowrap">
          {t("shell.search")}
          <Kbd size="xs">⌘K</Kbd>
        </Group>
      </Button>
      <ActionIcon variant="default" size="md" hiddenFrom="md" onClick={palette.open} aria-label={t("shell.search")}>
        <IconSearch size={16} />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={palette.close}
        withCloseButton={false}
        size="lg"
        padding={0}
        yOffset="12vh"
        centered={false}
        aria-label={t("shell.search")}
      >
        {isOpen && <PaletteBody close={palette.close} />}
      </Modal>
    </>
  );
}

function PaletteBody({ close }: { readonly close: () => void }) {
  const t = useText();
  const navigate = useNavigate();
  const membership = useMembership();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const actions = allActions.filter((action) => isOffered(action, membership));
  const entries = matching(
    actions.map((action) => ({
      id: action.id,
      label: t(action.label),
      kind: t(`shell.palette-${action.group}`),
      icon: action.icon,
      to: action.to,
      search: action.search ?? {},
    })),
    text,
    t,
  );
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    void navigate({ to: entry.to, search: entry.search });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen((chosen + 1) % Math.max(entries.length, 1));
    else if (event.key === "ArrowUp") setChosen((chosen + entries.length - 1) % Math.max(entries.length, 1));
    else if (event.key === "Enter") run(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <div>
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={classes["input"] ?? ""}
        leftSection={<IconSearch size={17} aria-hidden />}
        placeholder={t("shell.palette-placeholder")}
        aria-label={t("shell.search")}
        role="combobox"
        aria-expanded
        aria-controls="palette-entries"
        aria-activedescendant={entries[chosen] ? `palette-${entries[chosen].id}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteEntries entries={entries} chosen={chosen} run={run} />
    </div>
  );
}

type EntriesProps = { readonly entries: readonly Entry[]; readonly chosen: number; readonly run: (entry: Entry) => void };

function PaletteEntries({ entries, chosen, run }: EntriesProps) {
  const t = useText();
  return (
    <div id="palette-entries" role="listbox" aria-label={t("shell.search")} className={classes["entries"]}>
      {entries.length === 0 && (
        <Text c="dimmed" fz="sm" p="md">
          {t("shell.palette-empty")}
        </Text>
      )}
      {entries.map((entry, index) => (
        <UnstyledButton
          key={entry.id}
          id={`palette-${entry.id}`}
          role="option"
          aria-selected={index === chosen}
          tabIndex={-1}
          className={classes["entry"] ?? ""}
          onClick={() => run(entry)}
        >
          <entry.icon size={17} stroke={1.7} aria-hidden />
          <Text fz="sm" flex={1}>
            {entry.label}
          </Text>
          <Text fz="xs" c="dimmed">
            {entry.kind}
          </Text>
        </UnstyledButton>
      ))}
    </div>
  );
}

/** Entries whose words begin with what was typed come first; any text can be an order number. */
function matching(entries: readonly Entry[], text: string, t: Translate): readonly Entry[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return entries.slice(0, shownMax);
  const found = entries.filter((entry) => entry.label.toLowerCase().includes(wanted)).slice(0, shownMax - 1);
  const order: Entry = {
    id: "find-order",
    label: t("shell.palette-order", { text: text.trim() }),
    kind: t("nav.transactions"),
    icon: IconListSearch,
    to: "/transactions",
    search: { orderId: text.trim() },
  };
  return [...found, order];
}
