import { Alert, Button, Code, CopyButton, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem } from "../api/problem.ts";
import { type Translate, useText } from "../i18n/i18n.ts";

/** A wrong password or a missing field needs no look into the log. */
const selfExplaining: ReadonlySet<number> = new Set([401, 422]);

type Props = { readonly error: unknown; readonly onRetry?: () => void };

/** What happened, which fields, what to do, and the id under which the server's log has it. */
export function ProblemNotice({ error, onRetry }: Props) {
  const t = useText();
  const { title, detail } = problemWords(error, t);
  const problem = error instanceof ApiProblem ? error : undefined;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      {detail && <Text fz="sm">{detail}</Text>}
      {problem && problem.fieldErrors.length > 0 && (
        <List fz="sm" mt={4}>
          {problem.fieldErrors.slice(0, 20).map((field) => (
            <List.Item key={`${field.pointer}${field.code}`}>
              <Code>{field.pointer.replace(/^\//, "") || "–"}</Code> {field.detail}
            </List.Item>
          ))}
        </List>
      )}
      <Group gap="xs" mt="xs">
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t("problem.retry")}
          </Button>
        )}
        {problem?.body.instance && !selfExplaining.has(problem.body.status) && <RequestId id={problem.body.instance} />}
      </Group>
    </Alert>
  );
}

function RequestId({ id }: { readonly id: string }) {
  const t = useText();
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={copy}>
          {copied ? t("copy.done") : t("problem.request-id", { id: id.slice(0, 8) })}
        </Button>
      )}
    </CopyButton>
  );
}

export function problemWords(error: unknown, t: Translate): { readonly title: string; readonly detail: string | undefined } {
  if (!(error instanceof ApiProblem)) return { title: t("problem.unexpected"), detail: t("problem.unexpected-advice") };
  if (error.kind === "unreachable") return { title: t("problem.unreachable"), detail: t("problem.unreachable-advice") };
  if (error.kind === "unexpected-answer")
    return { title: t("problem.unexpected-answer", { status: error.body.status }), detail: t("problem.unexpected-advice") };
  if (error.kind === "not-allowed" && typeof error.body["neededScope"] === "string")
    return { title: error.body.title, detail: t("problem.needed-scope", { scope: error.body["neededScope"] }) };
  return { title: error.body.title, detail: error.body.detail };
}
