import { createProperty, listProperties } from "@biotop/wire";
import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useApi, useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { showFieldErrors, submitOf, useWireForm } from "../../ui/use-wire-form.ts";

const types = ["content", "cashback", "voucher", "price-comparison", "creator", "newsletter", "app", "search", "other"] as const;

/** Where the organisation promotes: websites, apps, newsletters, channels. */
export function Properties() {
  const t = useText();
  const properties = useApi(listProperties, { query: {} });
  return (
    <Card title={t("property.title")} hint={t("property.hint")}>
      <QueryView query={properties} skeletonRows={2}>
        {({ rows, can }) => (
          <Stack gap="sm">
            {rows.map((property) => (
              <Group key={property.id} justify="space-between">
                <div>
                  <Text fz="sm" fw={550}>
                    {property.name}
                  </Text>
                  <Anchor href={property.url} target="_blank" rel="noreferrer" fz="xs">
                    {property.url}
                  </Anchor>
                </div>
                <Text fz="xs" c="dimmed">
                  {t(`property.${property.type}`)}
                </Text>
              </Group>
            ))}
            {can.create && <PropertyForm />}
          </Stack>
        )}
      </QueryView>
    </Card>
  );
}

function PropertyForm() {
  const t = useText();
  const form = useWireForm(createProperty, { defaultValues: { name: "", url: "", type: "content" } });
  const { errors } = form.formState;
  const send = useSend(createProperty, { onDone: () => form.reset() });
  const submit = submitOf(form, (body) => send.mutate({ body }, { onError: (error) => showFieldErrors(form, error) }));
  return (
    <form noValidate onSubmit={submit}>
      <Group gap="xs" align="flex-start">
        <TextInput flex="1 1 140px" label={t("property.name")} {...form.register("name")} error={errors.name?.message} />
        <TextInput
          flex="2 1 200px"
          label={t("property.url")}
          placeholder="https://…"
          {...form.register("url")}
          error={errors.url?.message}
        />
        <NativeSelect
          label={t("property.type")}
          {...form.register("type")}
          data={types.map((type) => ({ value: type, label: t(`property.${type}`) }))}
        />
        <Button type="submit" variant="default" mt={24} loading={send.isPending}>
          {t("form.add")}
        </Button>
      </Group>
      {send.error && <ProblemNotice error={send.error} />}
    </form>
  );
}
