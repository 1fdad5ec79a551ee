import type { invitePartners } from "@biotop/wire";
import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { useLocalText, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyField, CopyValueButton } from "../../ui/copy-field.tsx";

type Props = { readonly result: Answer<typeof invitePartners> };

/** Who was invited, each with the link to hand over, and which rows still need work. */
export function InvitationResult({ result }: Props) {
  const t = useText();
  const local = useLocalText();
  const { invited, errors } = result;
  return (
    <Stack gap="md">
      {invited.length > 0 && (
        <Card
          title={t("invite.done", { count: invited.length })}
          hint={t(invited.every((row) => row.isMailSent) ? "invite.mail-sent" : "invite.mail-not-sent")}
          actions={
            invited.length > 1 && (
              <CopyValueButton
                label={t("invite.copy-all")}
                value={invited.map((row) => `${row.invitation.email}\t${row.link}`).join("\n")}
              />
            )
          }
        >
          <Stack gap="sm">
            {invited.map((row) => (
              <Group key={row.invitation.id} gap="xs" wrap="nowrap" align="flex-end">
                <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-moss-6)" />
                <div style={{ flex: 1, minWidth: 0 }}>
                  <CopyField label={row.invitation.email} value={row.link} />
                </div>
              </Group>
            ))}
          </Stack>
        </Card>
      )}
      {errors.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle size={17} />} title={t("invite.errors", { count: errors.length })}>
          <Text fz="sm">{t("invite.errors-text")}</Text>
          <List fz="sm" mt={4}>
            {errors.map((error) => (
              <List.Item key={`${error.row}${error.field}${error.code}`}>
                {t("invite.error-row", { row: error.row, field: error.field })}: {local(error.reason)}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
