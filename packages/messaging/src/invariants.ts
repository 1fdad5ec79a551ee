import type { InvariantCheck } from "@biotop/platform/module";

export const messagingInvariants: readonly InvariantCheck[] = [
  {
    id: "messaging.mail-can-be-handed-over",
    statement: "A mail that did not leave has a link to hand over.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        "select id from messaging.mail where state in ('kept', 'failed') and coalesce(link, '') = '' limit 20",
      );
      return rows.map((row) => row.id);
    },
  },
];
