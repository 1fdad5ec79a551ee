import type { ProgrammeId } from "@biotop/kernel";
import { previewTerms } from "@biotop/wire";
import { Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { ChangeList } from "./change-list.tsx";
import { DealText } from "./deal-text.tsx";
import { Findings } from "./findings.tsx";
import type { NamedParty } from "./party-editor.tsx";
import type { TermsDraft } from "./terms-draft.ts";
import classes from "./terms-preview.module.css";

type Props = {
  readonly programme: ProgrammeId;
  readonly terms: TermsDraft;
  readonly parties: readonly NamedParty[];
  readonly against?: TermsDraft;
};

/** Reads the terms back as sentences while they are edited, with what the check found and what changed. */
export function TermsPreview({ programme, terms, parties, against }: Props) {
  const t = useText();
  const named = parties.map(({ org, roles, signatory }) => ({ org, roles, signatory }));
  const [body] = useDebouncedValue({ programme, terms, parties: named, ...(against ? { against } : {}) }, 350);
  const preview = useApi(previewTerms, { body }, { keepPrevious: true });
  return (
    <div className={classes["sticky"]}>
      <Card title={t("deal.preview")} hint={t("deal.preview-hint")}>
        <QueryView query={preview}>
          {({ findings, text, changes }) => (
            <Stack gap="md" aria-live="polite">
              <Findings findings={findings} />
              {against && <ChangeList changes={changes} />}
              <DealText text={text} />
            </Stack>
          )}
        </QueryView>
      </Card>
    </div>
  );
}
