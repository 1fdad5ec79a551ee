import { acceptInvitation, getInvitation } from "@biotop/wire";
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { actFor } from "../../api/acting-organisation.ts";
import { type Answer, call } from "../../api/call.ts";
import { rememberSession, sessionQuery } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { dateText } from "../../format/format.ts";
import { browserTimeZone } from "../../format/places.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { showFieldErrors, submitOf, useWireForm, type WireForm } from "../../ui/use-wire-form.ts";
import { OrganisationFields } from "../organisation/organisation-fields.tsx";

type Invitation = Answer<typeof getInvitation>;

/** Whoever was invited creates the account here, or joins with the one they have, and lands on the offer. */
export function InvitationPage() {
  const t = useText();
  const { token } = useParams({ strict: false }) as { readonly token: string };
  // Read once: after the acceptance the link is used up and answers nothing more.
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => call(getInvitation, { params: { token } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <PublicPage title={t("invitation.title")} wide>
      <QueryView query={invitation}>
        {(facts) => (
          <Stack gap="md">
            <Text fz="sm">
              {t(facts.kind === "partner" ? "invitation.partner-lead" : "invitation.member-lead", { name: facts.invitedBy.name })}{" "}
              <Text span c="dimmed">
                {t("invitation.until", { date: dateText(facts.expiresAt) })}
              </Text>
            </Text>
            <InvitationBody token={token} invitation={facts} />
          </Stack>
        )}
      </QueryView>
    </PublicPage>
  );
}

function InvitationBody({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const t = useText();
  const session = useQuery(sessionQuery);
  if (session.isPending) return null;
  const signedIn = session.data?.user;
  if (signedIn && !invitation.isForMe)
    return (
      <Alert color="orange" title={t("invitation.for-another")}>
        {t("invitation.for-another-text", { email: invitation.email, mine: signedIn.email })}
      </Alert>
    );
  if (!signedIn && invitation.hasAccount)
    return (
      <Stack gap="sm">
        <Text fz="sm">{t("invitation.has-account", { email: invitation.email })}</Text>
        <Button component={Link} to="/sign-in" search={{ to: `/invitations/${token}` } as never} w="fit-content">
          {t("sign-in.submit")}
        </Button>
      </Stack>
    );
  return <AcceptForm token={token} invitation={invitation} isNew={!signedIn} />;
}

type AcceptProps = { readonly token: string; readonly invitation: Invitation; readonly isNew: boolean };

function AcceptForm({ token, invitation, isNew }: AcceptProps) {
  const t = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const bringsOrganisation = invitation.kind === "partner";
  const organisation = {
    name: invitation.organisationName ?? "",
    country: invitation.country ?? "DE",
    language,
    timeZone: browserTimeZone() as never,
    capabilities: ["promote" as const],
  };
  const form = useWireForm(acceptInvitation, {
    defaultValues: { ...(isNew ? { name: "", password: "", language } : {}), ...(bringsOrganisation ? { organisation } : {}) },
  });
  const send = useSend(acceptInvitation, {
    leavesPage: true,
    onDone: (answer) => {
      rememberSession(answer.session);
      actFor(answer.organisation);
      void navigate({ to: answer.offer ? `/offers/${answer.offer}` : "/", replace: true });
    },
  });
  const submit = submitOf(form, (body) => send.mutate({ params: { token }, body }, { onError: (error) => showFieldErrors(form, error) }));
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="sm">
        {isNew && <PersonFields form={form} email={invitation.email} />}
        {bringsOrganisation && (
          <OrganisationFields
            register={form.register as never}
            control={form.control as never}
            errors={form.formState.errors.organisation as never}
          />
        )}
        {send.error && <ProblemNotice error={send.error} />}
        <Button type="submit" loading={send.isPending}>
          {t(invitation.offer ? "invitation.accept-offer" : "invitation.accept")}
        </Button>
      </Stack>
    </form>
  );
}

function PersonFields({ form, email }: { readonly form: WireForm<typeof acceptInvitation>; readonly email: string }) {
  const t = useText();
  const { errors } = form.formState;
  return (
    <>
      <TextInput label={t("sign-in.email")} value={email} readOnly autoComplete="username" />
      <TextInput label={t("person.name")} autoComplete="name" {...form.register("name")} error={errors.name?.message} />
      <PasswordInput
        label={t("sign-in.password")}
        description={t("person.password-hint")}
        autoComplete="new-password"
        {...form.register("password")}
        error={errors.password?.message}
      />
    </>
  );
}
