export type { Validation } from "./domain/conversion.ts";
export {
  type BillableContract,
  type BilledLine,
  billableContracts,
  markBilled,
  markPaid,
  type TakenLine,
  takeForDocument,
} from "./usecases/documents.ts";
export type { Pipeline } from "./usecases/process-pending.ts";
