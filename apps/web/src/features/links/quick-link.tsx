import type { ProgrammeId } from "@biotop/kernel";
import { createLink, listProgrammes, quickLink } from "@biotop/wire";
import { Button, Collapse, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLink, IconTags } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useApi, useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { CopyField } from "../../ui/copy-field.tsx";
import { ProblemNotice } from "../../ui/problem-notice.tsx";

type Extras = { readonly label: string; readonly sub1: string; readonly sub2: string; readonly programme: string };

const noExtras: Extras = { label: "", sub1: "", sub2: "", programme: "" };

/** Paste any address of a shop, get the tracking link; the programme is found by the host. */
export function QuickLink() {
  const t = useText();
  const search: { readonly focus?: string; readonly programme?: string } = useSearch({ strict: false });
  const [url, setUrl] = useState("");
  const [extras, setExtras] = useState<Extras>({ ...noExtras, programme: search.programme ?? "" });
  const [made, setMade] = useState<Answer<typeof quickLink>>();
  const [hasExtras, shown] = useDisclosure(false);
  const quick = useSend(quickLink, { onDone: setMade });
  const home = useSend(createLink, { onDone: setMade });
  const send = () => {
    const body = bodyOf(extras);
    if (url.trim()) quick.mutate({ body: { ...body, url: withProtocol(url) } });
    else if (body.programme) home.mutate({ body: { ...body, programme: body.programme } });
  };
  const problem = url.trim() ? quick.error : home.error;
  return (
    <Card title={t("links.quick")} hint={t("links.quick-hint")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="sm">
          <Group gap="xs" align="flex-end">
            <TextInput
              flex="1 1 260px"
              label={t("links.target")}
              placeholder="https://shop.example/…"
              inputMode="url"
              autoFocus={search.focus === "new"}
              value={url}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <Button
              type="submit"
              loading={quick.isPending || home.isPending}
              disabled={!url.trim() && !extras.programme}
              leftSection={<IconLink size={16} aria-hidden />}
            >
              {t("action.new-link")}
            </Button>
          </Group>
          <Button
            variant="subtle"
            size="compact-xs"
            color="gray"
            w="fit-content"
            leftSection={<IconTags size={14} />}
            onClick={shown.toggle}
            aria-expanded={hasExtras}
          >
            {t("links.extras")}
          </Button>
          <Collapse expanded={hasExtras}>
            <ExtraFields value={extras} onChange={setExtras} />
          </Collapse>
          {problem && <ProblemNotice error={problem} />}
          {made && <CopyField label={t("links.made", { programme: made.programme.name })} value={made.url} buttonLabel={t("links.copy")} />}
        </Stack>
      </form>
    </Card>
  );
}

function ExtraFields({ value, onChange }: { readonly value: Extras; readonly onChange: (extras: Extras) => void }) {
  const t = useText();
  const programmes = useApi(listProgrammes, { query: { relation: "contract", limit: 200 } });
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="xs">
        <NativeSelect
          label={t("partners.programme")}
          value={value.programme}
          onChange={(event) => onChange({ ...value, programme: event.currentTarget.value })}
          data={[
            { value: "", label: t("links.programme-auto") },
            ...(programmes.data?.rows ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
        />
        <TextInput
          label={t("links.label")}
          value={value.label}
          onChange={(event) => onChange({ ...value, label: event.currentTarget.value })}
        />
        <TextInput label="sub1" value={value.sub1} onChange={(event) => onChange({ ...value, sub1: event.currentTarget.value })} />
        <TextInput label="sub2" value={value.sub2} onChange={(event) => onChange({ ...value, sub2: event.currentTarget.value })} />
      </SimpleGrid>
      <Text fz="xs" c="dimmed">
        {t("links.sub-hint")}
      </Text>
    </Stack>
  );
}

function bodyOf({ label, sub1, sub2, programme }: Extras) {
  const subIds = { ...(sub1.trim() ? { sub1: sub1.trim() } : {}), ...(sub2.trim() ? { sub2: sub2.trim() } : {}) };
  return {
    ...(programme ? { programme: programme as ProgrammeId } : {}),
    ...(label.trim() ? { label: label.trim() } : {}),
    ...(Object.keys(subIds).length > 0 ? { subIds } : {}),
  };
}

function withProtocol(url: string): string {
  const text = url.trim();
  return /^https?:\/\//i.test(text) ? text : `https://${text}`;
}
