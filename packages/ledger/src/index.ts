export { entryIdOf } from "./db/entry-keys.ts";
export { type AccountCode, type AccountRef, accountCodes, accountLabels, isAccountCode } from "./domain/accounts.ts";
export type { Cause, NewEntry, Posting } from "./domain/entry.ts";
export { advance, type Claim, type ClaimStage, document, pay, raise } from "./domain/journals.ts";
export { type RateUnknown, type ReferenceRate, rateAgeDaysMax } from "./domain/reference-rate.ts";
export {
  type Balance,
  type BalanceFilter,
  balances,
  type EntryFilter,
  entriesByRef,
  entriesOf,
  listEntries,
  type StoredEntry,
  type StoredPosting,
  type TrialBalance,
  trialBalance,
} from "./queries.ts";
export { importRates, type RateImport, ratesFor } from "./usecases/exchange-rates.ts";
export { post, reverse } from "./usecases/post.ts";
