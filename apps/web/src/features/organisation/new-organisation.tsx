import type { OrgId } from "@biotop/kernel";
import { createOrganisation } from "@biotop/wire";
import { Button, Stack } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { actFor } from "../../api/acting-organisation.ts";
import { queryClient } from "../../api/query-client.ts";
import { sessionQuery } from "../../api/session.ts";
import { useSend } from "../../api/use-api.ts";
import { browserTimeZone } from "../../format/places.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { submitOf } from "../../ui/use-wire-form.ts";
import { OrganisationFields, type OrganisationHolder } from "./organisation-fields.tsx";

export function NewOrganisation() {
  const t = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const form = useForm<OrganisationHolder>({
    defaultValues: { organisation: { name: "", country: "DE", language, timeZone: browserTimeZone() as never, capabilities: [] } },
  });
  const enter = async (organisation: OrgId) => {
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    actFor(organisation);
    await navigate({ to: "/" });
  };
  const send = useSend(createOrganisation, {
    onDone: ({ organisation }) => void enter(organisation.id),
  });
  return (
    <Card title={t("shell.new-organisation")}>
      <form noValidate onSubmit={submitOf(form, ({ organisation }) => send.mutate({ body: organisation }))}>
        <Stack gap="sm" maw={560}>
          <OrganisationFields register={form.register} control={form.control} errors={form.formState.errors.organisation} />
          {send.error && <ProblemNotice error={send.error} />}
          <Button type="submit" w="fit-content" loading={send.isPending}>
            {t("organisation.create")}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
