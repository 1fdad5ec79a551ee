import { listKeys, revokeKey, revokeSigningAuthority } from "@biotop/wire";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey, IconPlus, IconSignature } from "@tabler/icons-react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { dateText, dateTimeText, minorText, ppmText } from "../../format/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";
import { GrantAuthority } from "./grant-authority.tsx";
import { NewKey } from "./new-key.tsx";

type Key = Answer<typeof listKeys>["rows"][number];
type Authority = Key["signingAuthorities"][number];

export function KeysPage() {
  const t = useText();
  const keys = useApi(listKeys);
  const [isMaking, making] = useDisclosure(false);
  const action = keys.data?.can.create && !isMaking && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={making.open}>
      {t("keys.create")}
    </Button>
  );
  return (
    <Page title={t("nav.keys")} lead={t("keys.lead")} actions={action} narrow>
      {isMaking && <NewKey onClose={making.close} />}
      <QueryView query={keys}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Card>
              <EmptyState icon={IconKey} title={t("keys.empty")} text={t("keys.empty-text")} actions={action} />
            </Card>
          ) : (
            <Stack gap="md">
              {rows.map((key) => (
                <KeyCard key={key.id} apiKey={key} />
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Page>
  );
}

function KeyCard({ apiKey }: { readonly apiKey: Key }) {
  const t = useText();
  const [isGranting, granting] = useDisclosure(false);
  const revoke = useSend(revokeKey, { onDone: () => toastDone(t("keys.revoked")) });
  const actions = (
    <>
      <StateBadge state={apiKey.revokedAt ? "revoked" : "active"} />
      {apiKey.can.revoke && (
        <ConfirmButton
          label={t("keys.revoke")}
          title={t("keys.revoke-title", { name: apiKey.name })}
          text={t("keys.revoke-text")}
          confirm={t("keys.revoke-confirm")}
          isPending={revoke.isPending}
          onConfirm={() => revoke.mutate({ params: { keyId: apiKey.id } }, { onError: toastProblem })}
        />
      )}
    </>
  );
  return (
    <Card title={apiKey.name} actions={actions}>
      <Stack gap="md">
        <Facts
          facts={[
            { label: t("keys.prefix"), value: <span className="mono">{apiKey.prefix}…</span> },
            { label: t("links.created"), value: dateText(apiKey.createdAt) },
            { label: t("keys.expires"), value: apiKey.expiresAt ? dateText(apiKey.expiresAt) : t("keys.never") },
            { label: t("keys.last-used"), value: apiKey.lastUsedAt ? dateTimeText(apiKey.lastUsedAt) : t("keys.unused") },
          ]}
        />
        <Group gap={4}>
          {apiKey.scopes.map((scope) => (
            <Badge key={scope} color="gray" className="mono">
              {scope}
            </Badge>
          ))}
        </Group>
        {apiKey.signingAuthorities.map((authority) => (
          <AuthorityRow key={authority.id} authority={authority} />
        ))}
        {apiKey.can.grantSigningAuthority && !isGranting && (
          <Button
            variant="light"
            size="compact-sm"
            w="fit-content"
            leftSection={<IconSignature size={15} aria-hidden />}
            onClick={granting.open}
          >
            {t("keys.grant")}
          </Button>
        )}
        {isGranting && <GrantAuthority keyId={apiKey.id} onClose={granting.close} />}
      </Stack>
    </Card>
  );
}

function AuthorityRow({ authority }: { readonly authority: Authority }) {
  const t = useText();
  const revoke = useSend(revokeSigningAuthority, { onDone: () => toastDone(t("keys.authority-ended")) });
  const fixed = authority.limitFixed
    ? ` · ${t("keys.up-to", { limit: minorText(authority.limitFixed.minor, authority.limitFixed.currency) })}`
    : "";
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Text fz="sm">{t("keys.authority", { name: authority.userName })}</Text>
        <Text fz="xs" c="dimmed">
          {authority.programmes === "any" ? t("keys.any-programme") : t("keys.programmes", { count: authority.programmes.length })} ·{" "}
          {t("keys.up-to", { limit: ppmText(authority.limitPpm) })}
          {fixed} · {t("keys.until", { date: dateText(authority.expiresAt) })}
        </Text>
      </div>
      {authority.revokedAt ? (
        <StateBadge state="revoked" />
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ params: { signingAuthorityId: authority.id } }, { onError: toastProblem })}
        >
          {t("keys.end-authority")}
        </Button>
      )}
    </Group>
  );
}
