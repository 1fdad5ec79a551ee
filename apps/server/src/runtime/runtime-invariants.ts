import type { InvariantCheck } from "@biotop/platform/module";

/** What must hold between the contexts. */
export const runtimeInvariants: readonly InvariantCheck[] = [
  {
    id: "runtime.outbox-nothing-given-up",
    statement: "No news was given up: every event reached those who listen to it.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ example: string }>(
        "select position || ' ' || type || ': ' || last_error as example from platform.outbox_dead order by position limit 20",
      );
      return rows.map((row) => row.example);
    },
  },
  {
    id: "runtime.clock-is-one",
    statement: "A store runs on one business clock; a demo plays on a manual one only.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ mode: string }>(
        "select mode from platform.clock where (mode = 'manual') <> (at is not null) or (is_demo_playing and mode <> 'manual')",
      );
      return rows.map((row) => `the clock is ${row.mode}`);
    },
  },
];
