import { createHash } from "node:crypto";

/** Reproducible decisions: the same seed and the same question give the same answer, in any order of asking. */
export type Chance = {
  /** A number in [0, 1). */
  readonly at: (question: string) => number;
  readonly pick: <T>(question: string, choices: readonly T[]) => T;
  readonly pickWeighted: <T>(question: string, choices: readonly { readonly value: T; readonly weight: number }[]) => T;
};

export function chance(seed: string): Chance {
  const at = (question: string): number => createHash("sha256").update(`${seed}\n${question}`).digest().readUIntBE(0, 6) / 2 ** 48;
  return {
    at,
    pick: (question, choices) => chosen(choices[Math.floor(at(question) * choices.length)]),
    pickWeighted(question, choices) {
      let rest = at(question) * choices.reduce((total, { weight }) => total + weight, 0);
      for (const { value, weight } of choices) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return chosen(choices.at(-1)).value;
    },
  };
}

function chosen<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("a choice needs at least one candidate");
  return value;
}
