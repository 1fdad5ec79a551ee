import { getInstance } from "@biotop/wire";
import { Text } from "@mantine/core";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { PublicPage } from "../../shell/public-page.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { QueryView } from "../../ui/query-view.tsx";

export function ImprintPage() {
  const t = useText();
  return <LegalPage title={t("shell.imprint")} which="imprint" />;
}

export function PrivacyPage() {
  const t = useText();
  return <LegalPage title={t("shell.privacy")} which="privacy" />;
}

function LegalPage({ title, which }: { readonly title: string; readonly which: "imprint" | "privacy" }) {
  const t = useText();
  const instance = useApi(getInstance);
  return (
    <PublicPage title={title} wide>
      <QueryView query={instance}>
        {(facts) => {
          const text = facts[which];
          if (!text) return <EmptyState title={t("legal.missing")} text={t("legal.missing-text")} />;
          return (
            <Text fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {text}
            </Text>
          );
        }}
      </QueryView>
    </PublicPage>
  );
}
