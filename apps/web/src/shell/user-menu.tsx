import type { Language } from "@biotop/kernel";
import { changeLanguage, signOut } from "@biotop/wire";
import { Avatar, Box, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconShieldLock } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { call } from "../api/call.ts";
import { queryClient } from "../api/query-client.ts";
import { rememberSession, useSession } from "../api/session.ts";
import { switchLanguage, useLanguage, useText } from "../i18n/i18n.ts";
import { toastProblem } from "../ui/toast.ts";

export function UserMenu() {
  const t = useText();
  const navigate = useNavigate();
  const { user } = useSession();
  const leave = async () => {
    try {
      await call(signOut);
      queryClient.clear();
      await navigate({ to: "/sign-in" });
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Menu position="bottom-end" width={270} closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton aria-label={t("shell.user-menu")}>
          <Avatar name={user?.name ?? "?"} color="moss" size={32} radius="xl" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Box px="sm" py={6}>
          <Text fz="sm" fw={600}>
            {user?.name}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            {user?.email}
          </Text>
        </Box>
        <Menu.Divider />
        <LanguageAndTheme />
        <Menu.Divider />
        <Menu.Item component={Link} to="/security" leftSection={<IconShieldLock size={16} aria-hidden />} closeMenuOnClick>
          {t("nav.security")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void leave()} closeMenuOnClick>
          {t("shell.sign-out")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageAndTheme() {
  const t = useText();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const speak = async (next: Language) => {
    await switchLanguage(next);
    rememberSession(await call(changeLanguage, { body: { language: next } }));
    await queryClient.invalidateQueries();
  };
  return (
    <Box px="sm" py={6}>
      <Text fz="xs" c="dimmed" mb={4} id="choose-language">
        {t("shell.language")}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="choose-language"
        value={language}
        onChange={(value) => void speak(value as Language).catch(toastProblem)}
        data={[
          { value: "de", label: "Deutsch" },
          { value: "en", label: "English" },
        ]}
      />
      <Text fz="xs" c="dimmed" mt="xs" mb={4} id="choose-theme">
        {t("shell.theme")}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="choose-theme"
        value={colorScheme}
        onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}
        data={[
          { value: "light", label: t("shell.theme-light") },
          { value: "dark", label: t("shell.theme-dark") },
          { value: "auto", label: t("shell.theme-auto") },
        ]}
      />
    </Box>
  );
}
