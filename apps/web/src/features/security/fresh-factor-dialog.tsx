import { Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answerFreshFactor, useFreshFactorWanted } from "../../api/fresh-factor.ts";
import { sessionQuery } from "../../api/session.ts";
import { useText } from "../../i18n/i18n.ts";
import { EnrolTotp } from "./enrol-totp.tsx";
import { SecondFactorForm } from "./second-factor-form.tsx";

/** Appears whenever the API wants the second factor fresh; the interrupted call is repeated afterwards. */
export function FreshFactorDialog() {
  const t = useText();
  const isWanted = useFreshFactorWanted();
  const session = useQuery({ ...sessionQuery, enabled: isWanted });
  const hasFactor = session.data?.hasSecondFactor ?? true;
  return (
    <Modal
      opened={isWanted}
      onClose={() => answerFreshFactor(false)}
      title={t(hasFactor ? "security.fresh-title" : "security.enrol-title")}
      zIndex={400}
    >
      {isWanted && (
        <Stack gap="sm">
          <Text fz="sm" c="dimmed">
            {t(hasFactor ? "security.fresh-text" : "security.fresh-enrol-text")}
          </Text>
          {hasFactor ? <SecondFactorForm onDone={() => answerFreshFactor(true)} /> : <EnrolTotp onDone={() => answerFreshFactor(true)} />}
        </Stack>
      )}
    </Modal>
  );
}
