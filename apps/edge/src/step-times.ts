/** Durations of the pipeline's steps, measured on every 64th click: timing each would cost more than the steps. */
export type StepTimes = {
  readonly isSampled: () => boolean;
  readonly timer: { readonly now: () => number; readonly onStep: (name: string, milliseconds: number) => void };
  readonly totals: ReadonlyMap<string, { readonly count: number; readonly seconds: number }>;
};

const sampleEvery = 64;

export function createStepTimes(): StepTimes {
  const totals = new Map<string, { count: number; seconds: number }>();
  let turn = 0;
  return {
    totals,
    isSampled() {
      turn = (turn + 1) % sampleEvery;
      return turn === 0;
    },
    timer: {
      now: () => performance.now(),
      onStep(name, milliseconds) {
        const total = totals.get(name) ?? { count: 0, seconds: 0 };
        total.count += 1;
        total.seconds += milliseconds / 1000;
        totals.set(name, total);
      },
    },
  };
}
