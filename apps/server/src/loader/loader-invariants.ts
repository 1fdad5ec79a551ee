import type { InvariantCheck } from "@biotop/platform/module";

export const loaderInvariants: readonly InvariantCheck[] = [
  {
    id: "loader.nothing-set-aside",
    statement: "Every record that the edge acknowledged was taken by the store.",
    violations: async (tx) => {
      const { rows } = await tx.query<{ example: string }>(
        "select position || ': ' || reason as example from platform.segment_set_aside order by position limit 20",
      );
      return rows.map((row) => row.example);
    },
  },
];
