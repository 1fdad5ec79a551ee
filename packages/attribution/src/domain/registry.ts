import type { AttributionModel } from "./attribution-model.ts";
import { lastClick } from "./last-click.ts";

/** Every published attribution model: one file each, one line here. */
export const attributionModels = [lastClick] as const satisfies readonly AttributionModel[];

/** The newest version of a model, as a new contract takes it; `undefined` when no such model is published. */
export function attributionModel(code: string, version?: number): AttributionModel | undefined {
  const ofCode = attributionModels.filter((model) => model.code === code && (version === undefined || model.version === version));
  return [...ofCode].sort((a, b) => b.version - a.version)[0];
}
