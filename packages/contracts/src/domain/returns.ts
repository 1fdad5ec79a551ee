import { assert, divideRounded } from "@biotop/kernel";
import type { Position } from "./conversion.ts";

/**
 * What is left of a position when `returned` of its original quantity came back: net = original net × remaining ÷ original,
 * rounded once, half away from zero. Always computed from the original, never from an earlier remainder, so that the order
 * of several returns does not matter.
 */
export function afterReturn(original: Position, returned: number): Position {
  assert(returned >= 0 && returned <= original.quantity, "no more comes back than was sold");
  assert(original.quantity > 0, "an original position has a quantity");
  const quantity = original.quantity - returned;
  return { ...original, quantity, netMinor: divideRounded(original.netMinor * BigInt(quantity), BigInt(original.quantity)) };
}
