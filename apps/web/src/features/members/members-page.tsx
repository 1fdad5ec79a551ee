import { changeMemberRole, inviteMember, listInvitations, listMembers, removeMember, revokeInvitation, roles } from "@biotop/wire";
import { Alert, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { dateText } from "../../format/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ConfirmButton } from "../../ui/confirm-button.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";
import { showFieldErrors, submitOf, useWireForm } from "../../ui/use-wire-form.ts";

type Member = Answer<typeof listMembers>["rows"][number];
type Invitation = Answer<typeof listInvitations>["rows"][number];
type Sent = Answer<typeof inviteMember>;

export function MembersPage() {
  const t = useText();
  const members = useApi(listMembers);
  return (
    <Page title={t("nav.members")} lead={t("members.lead")}>
      <QueryView query={members}>
        {(found) => (
          <Stack gap="md">
            {found.can.invite && <InviteMember />}
            <Card title={t("members.members")} flush>
              <Members rows={found.rows} />
            </Card>
            <OpenInvitations />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function Members({ rows }: { readonly rows: readonly Member[] }) {
  const t = useText();
  const remove = useSend(removeMember, { onDone: () => toastDone(t("members.removed")) });
  const columns: readonly Column<Member>[] = [
    {
      key: "name",
      title: t("members.name"),
      cell: (row) => (
        <>
          <Text fz="sm" fw={550}>
            {row.name}
          </Text>
          <Text fz="xs" c="dimmed">
            {row.email}
          </Text>
        </>
      ),
    },
    { key: "role", title: t("members.role"), cell: (row) => <RoleChoice member={row} /> },
    {
      key: "factor",
      title: t("members.second-factor"),
      cell: (row) => (
        <Group gap={5} wrap="nowrap">
          {row.hasSecondFactor ? (
            <IconShieldCheck size={16} color="var(--mantine-color-moss-6)" aria-hidden />
          ) : (
            <IconShieldOff size={16} aria-hidden />
          )}
          <Text fz="sm">{t(row.hasSecondFactor ? "members.factor-on" : "members.factor-off")}</Text>
        </Group>
      ),
      wideOnly: true,
    },
    { key: "since", nowrap: true, title: t("partners.since"), cell: (row) => dateText(row.since), wideOnly: true },
    {
      key: "actions",
      title: "",
      cell: (row) =>
        row.can.remove && (
          <ConfirmButton
            label={t("form.remove")}
            title={t("members.remove-title", { name: row.name })}
            text={t("members.remove-text")}
            confirm={t("members.remove-confirm")}
            isPending={remove.isPending}
            onConfirm={() => remove.mutate({ params: { userId: row.user } }, { onError: toastProblem })}
          />
        ),
    },
  ];
  return <DataTable label={t("members.members")} rows={rows} columns={columns} rowId={(row) => row.user} empty={null} />;
}

function RoleChoice({ member }: { readonly member: Member }) {
  const t = useText();
  const send = useSend(changeMemberRole, { onDone: () => toastDone(t("form.saved")) });
  if (!member.can.changeRole) return <Text fz="sm">{t(`member-role.${member.role}`)}</Text>;
  return (
    <NativeSelect
      size="xs"
      w={170}
      aria-label={t("members.role-of", { name: member.name })}
      value={member.role}
      disabled={send.isPending}
      onChange={(event) =>
        send.mutate(
          { params: { userId: member.user }, body: { role: event.currentTarget.value as Member["role"] } },
          { onError: toastProblem },
        )
      }
      data={roles.map((role) => ({ value: role, label: t(`member-role.${role}`) }))}
    />
  );
}

function InviteMember() {
  const t = useText();
  const language = useLanguage();
  const [sent, setSent] = useState<Sent>();
  const form = useWireForm(inviteMember, { defaultValues: { email: "", role: "manager", language } });
  const send = useSend(inviteMember, {
    onDone: (answer) => {
      setSent(answer);
      form.reset();
    },
  });
  const role = form.watch("role");
  const submit = submitOf(form, (body) => send.mutate({ body }, { onError: (error) => showFieldErrors(form, error) }));
  return (
    <Card title={t("members.invite")} hint={t(`member-role-hint.${role}`)}>
      <form noValidate onSubmit={submit}>
        <Stack gap="sm">
          <Group gap="xs" align="flex-start">
            <TextInput
              flex="2 1 220px"
              type="email"
              label={t("sign-in.email")}
              {...form.register("email")}
              error={form.formState.errors.email?.message}
            />
            <NativeSelect
              label={t("members.role")}
              {...form.register("role")}
              data={roles.map((each) => ({ value: each, label: t(`member-role.${each}`) }))}
            />
            <Button type="submit" mt={24} loading={send.isPending}>
              {t("invite.submit")}
            </Button>
          </Group>
          {send.error && <ProblemNotice error={send.error} />}
          {sent && (
            <Alert color="moss" title={t("members.invited", { email: sent.invitation.email })}>
              <CopyField label={t(sent.isMailSent ? "members.link-mailed" : "members.link-copy")} value={sent.link} />
            </Alert>
          )}
        </Stack>
      </form>
    </Card>
  );
}

function OpenInvitations() {
  const t = useText();
  const invitations = useApi(listInvitations, { query: { kind: "member", limit: 100 } });
  const revoke = useSend(revokeInvitation, { onDone: () => toastDone(t("partners.revoked")) });
  const columns: readonly Column<Invitation>[] = [
    { key: "email", title: t("sign-in.email"), cell: (row) => row.email },
    { key: "role", title: t("members.role"), cell: (row) => t(`member-role.${row.role}`) },
    { key: "expires", nowrap: true, title: t("partners.expires"), cell: (row) => dateText(row.expiresAt), wideOnly: true },
    { key: "state", title: t("list.state"), cell: (row) => <StateBadge state={row.state === "open" ? "invited" : row.state} /> },
    {
      key: "actions",
      title: "",
      cell: (row) =>
        row.can.revoke && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => revoke.mutate({ params: { invitationId: row.id } }, { onError: toastProblem })}
          >
            {t("partners.revoke")}
          </Button>
        ),
    },
  ];
  if (!invitations.data || invitations.data.rows.length === 0) return null;
  return (
    <Card title={t("partners.invitations")} flush>
      <DataTable label={t("partners.invitations")} rows={invitations.data.rows} columns={columns} rowId={(row) => row.id} empty={null} />
    </Card>
  );
}
