import { type Capability, capabilities, type newOrganisation } from "@biotop/wire";
import { Checkbox, NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { type Control, Controller, type FieldErrors, type UseFormRegister } from "react-hook-form";
import type { z } from "zod";
import { countryChoices, timeZoneChoices } from "../../format/places.ts";
import { useText } from "../../i18n/i18n.ts";

export type OrganisationValues = z.input<typeof newOrganisation>;

export type OrganisationHolder = { organisation: OrganisationValues };
type Props = {
  readonly register: UseFormRegister<OrganisationHolder>;
  readonly control: Control<OrganisationHolder>;
  readonly errors: FieldErrors<OrganisationHolder>["organisation"];
};

/** Name, country, language, zone and what the organisation does: the same fields wherever one is made. */
export function OrganisationFields({ register, control, errors }: Props) {
  const t = useText();
  return (
    <>
      <TextInput
        label={t("organisation.name")}
        autoComplete="organization"
        {...register("organisation.name")}
        error={errors?.name?.message}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NativeSelect
          label={t("organisation.country")}
          {...register("organisation.country")}
          data={[...countryChoices()]}
          error={errors?.country?.message}
        />
        <NativeSelect
          label={t("organisation.language")}
          {...register("organisation.language")}
          data={[
            { value: "de", label: "Deutsch" },
            { value: "en", label: "English" },
          ]}
        />
      </SimpleGrid>
      <NativeSelect
        label={t("organisation.time-zone")}
        {...register("organisation.timeZone")}
        data={[...timeZoneChoices()]}
        error={errors?.timeZone?.message}
      />
      <Controller
        control={control}
        name="organisation.capabilities"
        render={({ field }) => <CapabilityChoice value={field.value ?? []} onChange={field.onChange} />}
      />
    </>
  );
}

type ChoiceProps = { readonly value: readonly Capability[]; readonly onChange: (value: readonly Capability[]) => void };

export function CapabilityChoice({ value, onChange }: ChoiceProps) {
  const t = useText();
  return (
    <Checkbox.Group
      label={t("organisation.capabilities")}
      description={t("organisation.capabilities-hint")}
      value={[...value]}
      onChange={(chosen) => onChange(chosen as Capability[])}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {capabilities.map((capability) => (
          <Checkbox key={capability} value={capability} label={t(`capability.${capability}`)} />
        ))}
      </SimpleGrid>
    </Checkbox.Group>
  );
}
