import { afterReturn, calculate } from "@biotop/contracts";
import { entryIdOf, raise } from "@biotop/ledger";
import type { Rules } from "../domain/rules.ts";

export const rules: Rules = { calculate, afterReturn, raise, entryId: entryIdOf };
