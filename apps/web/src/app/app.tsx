import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { queryClient } from "../api/query-client.ts";
import { FreshFactorDialog } from "../features/security/fresh-factor-dialog.tsx";
import { i18n } from "../i18n/i18n.ts";
import { theme, tints } from "../theme/theme.ts";
import { router } from "./router.tsx";

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={tints} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
          <FreshFactorDialog />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
