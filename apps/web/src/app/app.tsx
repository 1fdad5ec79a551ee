import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useFreshFactorWanted } from "../api/fresh-factor.ts";
import { queryClient } from "../api/query-client.ts";
import { i18n } from "../i18n/i18n.ts";
import { theme, tints } from "../theme/theme.ts";
import { router } from "./router.tsx";

const FreshFactorDialog = lazy(() =>
  import("../features/security/fresh-factor-dialog.tsx").then((loaded) => ({ default: loaded.FreshFactorDialog })),
);

export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={tints} defaultColorScheme="auto">
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" limit={4} />
          <RouterProvider router={router} />
          <FreshFactor />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}

/** Loaded when the API asks for it the first time. */
function FreshFactor() {
  const isWanted = useFreshFactorWanted();
  if (!isWanted) return null;
  return (
    <Suspense fallback={null}>
      <FreshFactorDialog />
    </Suspense>
  );
}
