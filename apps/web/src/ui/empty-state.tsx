import { Center, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconSeedling, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

type Props = { readonly title: string; readonly text?: ReactNode; readonly icon?: TablerIcon; readonly actions?: ReactNode };

/** An empty place says what belongs here and what to do next. */
export function EmptyState({ title, text, icon: Icon = IconSeedling, actions }: Props) {
  return (
    <Center py="xl" px="md">
      <Stack align="center" gap="xs" maw={460} ta="center">
        <ThemeIcon size={46} radius="xl" variant="light" aria-hidden>
          <Icon size={24} stroke={1.6} />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {text && (
          <Text c="dimmed" fz="sm">
            {text}
          </Text>
        )}
        {actions && (
          <Group gap="xs" mt="xs" justify="center">
            {actions}
          </Group>
        )}
      </Stack>
    </Center>
  );
}
