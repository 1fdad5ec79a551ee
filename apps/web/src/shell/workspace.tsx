import { AppShell, Box, Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { useText } from "../i18n/i18n.ts";
import { RowsSkeleton } from "../ui/query-view.tsx";
import { ActivityBar } from "./activity-bar.tsx";
import { Brand } from "./brand.tsx";
import { ClockBanner } from "./clock-banner.tsx";
import { CreateMenu } from "./create-menu.tsx";
import { LegalLinks } from "./legal-links.tsx";
import { NewsBell } from "./news-bell.tsx";
import { OrganisationSwitcher } from "./organisation-switcher.tsx";
import { Palette } from "./palette.tsx";
import { Rail } from "./rail.tsx";
import { UserMenu } from "./user-menu.tsx";
import classes from "./workspace.module.css";

/** The frame around every signed-in page, the same for each role. */
export function Workspace() {
  const t = useText();
  const [isRailOpen, rail] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    if (path) rail.close();
  }, [path, rail.close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 248, breakpoint: "sm", collapsed: { mobile: !isRailOpen } }}
      padding={0}
      transitionDuration={0}
    >
      <a className="skip-link" href="#content">
        {t("nav.skip")}
      </a>
      <AppShell.Header className={classes["header"] ?? ""}>
        <Group h="100%" px="sm" gap="xs" wrap="nowrap">
          <Burger opened={isRailOpen} onClick={rail.toggle} hiddenFrom="sm" size="sm" aria-label={t("nav.open")} />
          <Link to="/" className={classes["brand"] ?? ""} aria-label="Biotop">
            <Brand />
          </Link>
          <OrganisationSwitcher />
          <Box flex={1} />
          <Palette />
          <CreateMenu />
          <NewsBell />
          <UserMenu />
        </Group>
        <ActivityBar />
      </AppShell.Header>
      <AppShell.Navbar className={classes["rail"] ?? ""} aria-label={t("nav.label")}>
        <Rail />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes["main"] ?? ""}>
        <ClockBanner />
        <Box className={classes["content"] ?? ""}>
          <Suspense fallback={<RowsSkeleton rows={6} />}>
            <Outlet />
          </Suspense>
        </Box>
        <LegalLinks />
      </AppShell.Main>
    </AppShell>
  );
}
