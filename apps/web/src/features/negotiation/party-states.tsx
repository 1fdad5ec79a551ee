import { Group, Stack, Text } from "@mantine/core";
import { useText } from "../../i18n/i18n.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Proposal } from "./proposal.ts";

/** Every party, its roles, and whether it has accepted this very hash. */
export function PartyStates({ proposal }: { readonly proposal: Proposal }) {
  const t = useText();
  const last = proposal.turns.at(-1);
  return (
    <Stack gap="sm">
      {proposal.parties.map((party) => {
        const hasAccepted = last?.acceptances.some((acceptance) => acceptance.org === party.org) ?? false;
        const isUp = proposal.state === "open" && proposal.turnOf.includes(party.org);
        return (
          <Group key={party.org} justify="space-between" gap="xs" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text fz="sm" fw={550} truncate>
                {party.name}
              </Text>
              <Text fz="xs" c="dimmed">
                {party.roles.map((role) => t(`role.${role}`)).join(", ")}
                {!party.signatory && ` · ${t("proposal.no-signatory")}`}
              </Text>
            </div>
            {hasAccepted ? <StateBadge state="accepted" /> : isUp ? <StateBadge state="up" /> : null}
          </Group>
        );
      })}
    </Stack>
  );
}
