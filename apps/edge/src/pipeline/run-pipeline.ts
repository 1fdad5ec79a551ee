/**
 * One named step of the way of a click. A step reads the touch and the world and fills in what it is responsible for; it may end
 * the way with a reason. No step waits for anything.
 */
export type Step<Touch, World, Drop extends string> = {
  readonly name: string;
  readonly run: (touch: Touch, world: World) => Drop | undefined;
};

export type Outcome<Drop extends string> = { readonly dropped: Drop; readonly by: string } | undefined;

/** Runs the steps in order until one of them drops the touch. */
export function runPipeline<Touch, World, Drop extends string>(
  steps: readonly Step<Touch, World, Drop>[],
  touch: Touch,
  world: World,
): Outcome<Drop> {
  for (const step of steps) {
    const dropped = step.run(touch, world);
    if (dropped !== undefined) return { dropped, by: step.name };
  }
  return undefined;
}

/** The same, with the time of each step. */
export function runTimedPipeline<Touch, World, Drop extends string>(
  steps: readonly Step<Touch, World, Drop>[],
  touch: Touch,
  world: World,
  timer: { readonly now: () => number; readonly onStep: (name: string, milliseconds: number) => void },
): Outcome<Drop> {
  for (const step of steps) {
    const started = timer.now();
    const dropped = step.run(touch, world);
    timer.onStep(step.name, timer.now() - started);
    if (dropped !== undefined) return { dropped, by: step.name };
  }
  return undefined;
}
