import { TagsInput } from "@mantine/core";
import { useText } from "../../i18n/i18n.ts";

type Props = { readonly value: readonly string[]; readonly onChange: (hosts: string[]) => void; readonly error?: string | undefined };

/** Hosts that tracking links may lead to; a pasted address is cut down to its host. */
export function HostsInput({ value, onChange, error }: Props) {
  const t = useText();
  return (
    <TagsInput
      label={t("programmes.hosts")}
      description={t("programmes.hosts-hint")}
      value={[...value]}
      error={error}
      acceptValueOnBlur
      splitChars={[",", " ", ";"]}
      onChange={(hosts) => onChange(hosts.map(hostOf))}
    />
  );
}

function hostOf(text: string): string {
  const trimmed = text.trim().toLowerCase();
  if (!trimmed.includes("//")) return trimmed.replace(/\/.*$/, "");
  return URL.canParse(trimmed) ? new URL(trimmed).host : trimmed;
}
