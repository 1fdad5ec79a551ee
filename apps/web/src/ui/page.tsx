import { Anchor, Box, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./page.module.css";

export type Crumb = { readonly label: string; readonly to: string };

type PageProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly badge?: ReactNode;
  readonly actions?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly narrow?: boolean;
  readonly children: ReactNode;
};

/** Every page looks the same: where am I, what is it, what can I do, then the content. */
export function Page({ title, lead, badge, actions, crumbs, narrow, children }: PageProps) {
  useDocumentTitle(`${title} · Biotop`);
  return (
    <Stack gap="lg" className={narrow ? (classes["narrow"] ?? "") : (classes["wide"] ?? "")}>
      <header>
        {crumbs && (
          <Breadcrumbs separator="›" mb={4} fz="xs">
            {crumbs.map((crumb) => (
              <Anchor key={crumb.to} component={Link} to={crumb.to} fz="xs" c="dimmed">
                {crumb.label}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Box miw={0} flex="1 1 280px">
            <Group gap="sm" align="center">
              <Title order={1} className={classes["title"] ?? ""}>
                {title}
              </Title>
              {badge}
            </Group>
            {lead && (
              <Text c="dimmed" fz="sm" mt={4} maw={760}>
                {lead}
              </Text>
            )}
          </Box>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
      </header>
      {children}
    </Stack>
  );
}
