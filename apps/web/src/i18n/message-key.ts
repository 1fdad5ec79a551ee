import type account from "./en/account.json";
import type contracts from "./en/contracts.json";
import type deal from "./en/deal.json";
import type money from "./en/money.json";
import type settings from "./en/settings.json";
import type shell from "./en/shell.json";
import type transactions from "./en/transactions.json";
import type work from "./en/work.json";

/** Every text of the app has a key; a key that no catalogue holds does not compile. */
export type MessageKey =
  | keyof typeof account
  | keyof typeof contracts
  | keyof typeof deal
  | keyof typeof money
  | keyof typeof settings
  | keyof typeof shell
  | keyof typeof transactions
  | keyof typeof work;
