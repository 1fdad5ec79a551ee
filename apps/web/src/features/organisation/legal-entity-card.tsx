import { getLegalEntity, putLegalEntity } from "@biotop/wire";
import { Button, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { countryChoices } from "../../format/places.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { toastDone } from "../../ui/toast.ts";
import { emptyToNull, showFieldErrors, submitOf, useWireForm, type WireForm } from "../../ui/use-wire-form.ts";

type Entity = Answer<typeof getLegalEntity>;

const vatStatuses = ["regular", "small-business", "foreign-business", "unknown"] as const;

export function LegalEntityCard() {
  const t = useText();
  const entity = useApi(getLegalEntity);
  return (
    <Card title={t("company.title")} hint={t("company.hint")}>
      <QueryView query={entity}>{(found) => <EntityForm entity={found} />}</QueryView>
    </Card>
  );
}

function EntityForm({ entity: { legalEntity, can } }: { readonly entity: Entity }) {
  const t = useText();
  const form = useWireForm(putLegalEntity, {
    defaultValues: {
      legalName: legalEntity?.legalName ?? "",
      street: legalEntity?.street ?? "",
      postalCode: legalEntity?.postalCode ?? "",
      city: legalEntity?.city ?? "",
      country: legalEntity?.country ?? "DE",
      vatStatus: legalEntity?.vatStatus ?? "unknown",
      vatStatusSince: legalEntity?.vatStatusSince ?? null,
      vatId: legalEntity?.vatId ?? "",
      taxNumber: legalEntity?.taxNumber ?? "",
      registrationNumber: legalEntity?.registrationNumber ?? "",
    },
  });
  const send = useSend(putLegalEntity, { onDone: () => toastDone(t("form.saved")) });
  const submit = submitOf(form, (body) =>
    send.mutate(
      {
        body: {
          ...body,
          vatId: emptyToNull(body.vatId),
          taxNumber: emptyToNull(body.taxNumber),
          registrationNumber: emptyToNull(body.registrationNumber),
        },
      },
      { onError: (error) => showFieldErrors(form, error) },
    ),
  );
  return (
    <form noValidate onSubmit={submit}>
      <fieldset disabled={!can.update} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack gap="sm">
          <AddressFields form={form} />
          <TaxFields form={form} />
          {send.error && <ProblemNotice error={send.error} />}
          {can.update && (
            <Button type="submit" w="fit-content" loading={send.isPending}>
              {t("form.save")}
            </Button>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

type FieldsProps = { readonly form: WireForm<typeof putLegalEntity> };

function AddressFields({ form }: FieldsProps) {
  const t = useText();
  const { errors } = form.formState;
  return (
    <>
      <TextInput
        label={t("company.legal-name")}
        autoComplete="organization"
        {...form.register("legalName")}
        error={errors.legalName?.message}
      />
      <TextInput label={t("company.street")} autoComplete="street-address" {...form.register("street")} error={errors.street?.message} />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput
          label={t("company.postal-code")}
          autoComplete="postal-code"
          {...form.register("postalCode")}
          error={errors.postalCode?.message}
        />
        <TextInput label={t("company.city")} autoComplete="address-level2" {...form.register("city")} error={errors.city?.message} />
        <NativeSelect
          label={t("organisation.country")}
          {...form.register("country")}
          data={[...countryChoices()]}
          error={errors.country?.message}
        />
      </SimpleGrid>
    </>
  );
}

function TaxFields({ form }: FieldsProps) {
  const t = useText();
  const { errors } = form.formState;
  return (
    <>
      <NativeSelect
        label={t("company.vat-status")}
        description={t("company.vat-status-hint")}
        {...form.register("vatStatus")}
        data={vatStatuses.map((status) => ({ value: status, label: t(`company.vat-${status}`) }))}
        error={errors.vatStatus?.message}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput label={t("company.vat-id")} placeholder="DE123456789" {...form.register("vatId")} error={errors.vatId?.message} />
        <TextInput label={t("company.tax-number")} {...form.register("taxNumber")} error={errors.taxNumber?.message} />
        <TextInput
          label={t("company.registration")}
          placeholder="HRB 12345"
          {...form.register("registrationNumber")}
          error={errors.registrationNumber?.message}
        />
      </SimpleGrid>
    </>
  );
}
