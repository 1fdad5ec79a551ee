import type { dealFinding } from "@biotop/wire";
import { Alert, List } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { z } from "zod";
import { useLocalText, useText } from "../../i18n/i18n.ts";

type Finding = z.output<typeof dealFinding>;

/** What the static check says about terms: errors stop signing, warnings are read. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const t = useText();
  const local = useLocalText();
  if (findings.length === 0) return null;
  const hasError = findings.some((finding) => finding.severity === "error");
  return (
    <Alert
      color={hasError ? "red" : "yellow"}
      icon={hasError ? <IconAlertTriangle size={17} /> : <IconInfoCircle size={17} />}
      title={t(hasError ? "deal.findings-error" : "deal.findings-warning")}
    >
      <List fz="sm">
        {findings.map((finding) => (
          <List.Item key={finding.pointer + finding.code}>{local(finding.title)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
