import type { DocumentId } from "@biotop/kernel";
import { holdDocument } from "@biotop/wire";
import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "../../api/use-api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { toastDone, toastProblem } from "../../ui/toast.ts";

type Props = { readonly document: DocumentId; readonly isHeld: boolean };

/** Holds an unpaid document back with a reason that the partner sees, or lets it go again. */
export function HoldButton({ document, isHeld }: Props) {
  const t = useText();
  const [isOpen, dialog] = useDisclosure(false);
  const release = useSend(holdDocument, { onDone: () => toastDone(t("finance.released")) });
  if (isHeld)
    return (
      <Button
        variant="default"
        loading={release.isPending}
        leftSection={<IconPlayerPlay size={16} aria-hidden />}
        onClick={() => release.mutate({ params: { documentId: document }, body: { reason: null } }, { onError: toastProblem })}
      >
        {t("finance.release")}
      </Button>
    );
  return (
    <>
      <Button variant="subtle" color="gray" leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={dialog.open}>
        {t("finance.hold")}
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={t("finance.hold-title")}>
        <HoldForm document={document} close={dialog.close} />
      </Modal>
    </>
  );
}

function HoldForm({ document, close }: { readonly document: DocumentId; readonly close: () => void }) {
  const t = useText();
  const [reason, setReason] = useState("");
  const hold = useSend(holdDocument, {
    onDone: () => {
      close();
      toastDone(t("finance.held"));
    },
  });
  return (
    <Stack gap="sm">
      <TextInput
        label={t("finance.hold-reason")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={300}
        data-autofocus
      />
      {hold.error && <ProblemNotice error={hold.error} />}
      <Button
        loading={hold.isPending}
        disabled={reason.trim() === ""}
        onClick={() => hold.mutate({ params: { documentId: document }, body: { reason: reason.trim() } })}
      >
        {t("finance.hold")}
      </Button>
    </Stack>
  );
}
