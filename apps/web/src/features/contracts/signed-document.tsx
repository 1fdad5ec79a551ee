import type { getContractVersion } from "@biotop/wire";
import { Button, Code, Group, ScrollArea, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCircleCheck } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { dateTimeText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyValueButton } from "../../ui/copy-field.tsx";
import { Facts } from "../../ui/facts.tsx";
import { AcceptanceAuthority } from "./acceptance-authority.tsx";

type Version = Answer<typeof getContractVersion>;

/** What was signed, by whom, and how to check it: the canonical text and its SHA-256. */
export function SignedDocument({ version }: { readonly version: Version }) {
  const t = useText();
  const [isShown, shown] = useDisclosure(false);
  return (
    <Stack gap="md">
      <Card title={t("contracts.signed")}>
        <Stack gap="md">
          <Facts
            facts={[
              { label: t("contracts.version"), value: version.no },
              { label: t("contracts.effective-from"), value: dateTimeText(version.effectiveFrom) },
              {
                label: t("contracts.effective-to"),
                value: version.effectiveTo ? dateTimeText(version.effectiveTo) : t("contracts.open-end"),
              },
              { label: t("contracts.concluded"), value: dateTimeText(version.concludedAt) },
            ]}
          />
          <Acceptances acceptances={version.acceptances} />
          <div>
            <Text fz="xs" c="dimmed">
              {t("contracts.hash")}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Code className="mono" block flex={1}>
                {version.hash}
              </Code>
              <CopyValueButton value={version.hash} compact />
            </Group>
          </div>
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={shown.toggle} aria-expanded={isShown}>
              {t(isShown ? "contracts.hide-canonical" : "contracts.show-canonical")}
            </Button>
            <CopyValueButton value={version.document} compact />
          </Group>
          {isShown && (
            <ScrollArea.Autosize mah={320}>
              <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {version.document}
              </Code>
            </ScrollArea.Autosize>
          )}
        </Stack>
      </Card>
    </Stack>
  );
}

export function Acceptances({ acceptances }: { readonly acceptances: Version["acceptances"] }) {
  const t = useText();
  if (acceptances.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("contracts.no-acceptance")}
      </Text>
    );
  return (
    <Stack gap={6} component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {acceptances.map((acceptance) => (
        <Group key={acceptance.org + acceptance.at} component="li" gap={8} wrap="nowrap" align="flex-start">
          <IconCircleCheck size={17} color="var(--mantine-color-moss-6)" aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
          <div>
            <Text fz="sm">
              <b>{acceptance.orgName}</b> · {dateTimeText(acceptance.at)}
            </Text>
            <AcceptanceAuthority authority={acceptance.authority} />
          </div>
        </Group>
      ))}
    </Stack>
  );
}
