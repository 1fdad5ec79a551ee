import type { ContractId } from "@biotop/kernel";
import { compareContractVersions } from "@biotop/wire";
import { Box } from "@mantine/core";
import { useApi } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Card } from "../../ui/card.tsx";
import { QueryView } from "../../ui/query-view.tsx";
import { ChangeList } from "../deal/change-list.tsx";

type Props = { readonly contract: ContractId; readonly from: number; readonly to: number };

export function VersionChanges({ contract, from, to }: Props) {
  const t = useText();
  const changes = useApi(compareContractVersions, { params: { contractId: contract }, query: { from, to } });
  return (
    <Box mb="md">
      <Card title={t("contracts.changes-between", { from, to })}>
        <QueryView query={changes}>{(found) => <ChangeList changes={found.changes} />}</QueryView>
      </Card>
    </Box>
  );
}
