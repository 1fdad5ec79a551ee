import type { Language } from "@biotop/kernel";
import { Box, Center, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { switchLanguage, useLanguage, useText } from "../i18n/i18n.ts";
import { Brand } from "./brand.tsx";
import { ClockBanner } from "./clock-banner.tsx";
import { LegalLinks } from "./legal-links.tsx";
import classes from "./public-page.module.css";

type Props = { readonly title: string; readonly lead?: ReactNode; readonly wide?: boolean; readonly children: ReactNode };

/** The frame of pages that need no sign-in: brand, language, legal links. */
export function PublicPage({ title, lead, wide, children }: Props) {
  const t = useText();
  const language = useLanguage();
  useDocumentTitle(`${title} · Biotop`);
  return (
    <div className={classes["page"]}>
      <ClockBanner />
      <Group component="header" justify="space-between" p="md">
        <Brand />
        <SegmentedControl
          size="xs"
          aria-label={t("shell.language")}
          value={language}
          onChange={(value) => void switchLanguage(value as Language)}
          data={[
            { value: "de", label: "Deutsch" },
            { value: "en", label: "English" },
          ]}
        />
      </Group>
      <Center component="main" className={classes["main"] ?? ""}>
        <Box className={wide ? (classes["wide"] ?? "") : (classes["box"] ?? "")}>
          <Stack gap="md">
            <div>
              <Title order={1}>{title}</Title>
              {lead && (
                <Text c="dimmed" fz="sm" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Box>
      </Center>
      <LegalLinks />
    </div>
  );
}
