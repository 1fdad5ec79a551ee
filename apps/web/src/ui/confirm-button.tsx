import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useText } from "../i18n/i18n.ts";

type Props = {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  /** Names the consequence, never "OK". */
  readonly confirm: string;
  readonly isPending: boolean;
  readonly onConfirm: () => void;
};

/** For what cannot be undone: says what will happen before it does. */
export function ConfirmButton({ label, title, text, confirm, isPending, onConfirm }: Props) {
  const t = useText();
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={dialog.open} loading={isPending}>
        {label}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={title}>
        <Stack gap="sm">
          <Text fz="sm">{text}</Text>
          <Group gap="xs">
            <Button
              color="red"
              onClick={() => {
                dialog.close();
                onConfirm();
              }}
            >
              {confirm}
            </Button>
            <Button variant="subtle" color="gray" onClick={dialog.close}>
              {t("form.cancel")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
