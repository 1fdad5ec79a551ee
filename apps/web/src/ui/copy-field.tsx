import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useText } from "../i18n/i18n.ts";

type Props = { readonly label: string; readonly value: string; readonly description?: string; readonly buttonLabel?: string };

/** A value to hand over: visible, selectable, one click to copy. */
export function CopyField({ label, value, description, buttonLabel }: Props) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        flex={1}
        label={label}
        {...(description ? { description } : {})}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.82rem" } }}
      />
      <CopyValueButton value={value} {...(buttonLabel ? { label: buttonLabel } : {})} />
    </Group>
  );
}

export function CopyValueButton({
  value,
  label,
  compact,
}: {
  readonly value: string;
  readonly label?: string;
  readonly compact?: boolean;
}) {
  const t = useText();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant={copied ? "light" : "default"}
          size={compact ? "compact-xs" : "sm"}
          onClick={copy}
          leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        >
          {copied ? t("copy.done") : (label ?? t("copy.do"))}
        </Button>
      )}
    </CopyButton>
  );
}
