import { Button, Group, Text } from "@mantine/core";
import { useText } from "../i18n/i18n.ts";

type Props = { readonly message: string; readonly onUndo: () => void };

export function UndoToast({ message, onUndo }: Props) {
  const t = useText();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text fz="sm">{message}</Text>
      <Button size="compact-xs" variant="light" onClick={onUndo}>
        {t("undo")}
      </Button>
    </Group>
  );
}
