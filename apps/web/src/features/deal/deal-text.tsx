import type { Language } from "@biotop/kernel";
import type { dealText } from "@biotop/wire";
import { List, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { z } from "zod";
import { useLanguage, useText } from "../../i18n/i18n.ts";

/** The contract in sentences; both languages say the same, because both come from the same data. */
export function DealText({ text }: { readonly text: z.output<typeof dealText> }) {
  const t = useText();
  const own = useLanguage();
  const [chosen, setChosen] = useState<Language>();
  const language = chosen ?? own;
  return (
    <Stack gap="sm">
      <SegmentedControl
        size="xs"
        w="fit-content"
        aria-label={t("shell.language")}
        value={language}
        onChange={(value) => setChosen(value as Language)}
        data={[
          { value: "de", label: "Deutsch" },
          { value: "en", label: "English" },
        ]}
      />
      <div lang={language}>
        {text[language].map((section) => (
          <section key={section.title}>
            <Title order={3} mt="sm" mb={4}>
              {section.title}
            </Title>
            <List fz="sm" spacing={3} withPadding={false}>
              {section.sentences.map((sentence) => (
                <List.Item key={sentence}>
                  <Text fz="sm">{sentence}</Text>
                </List.Item>
              ))}
            </List>
          </section>
        ))}
      </div>
    </Stack>
  );
}
