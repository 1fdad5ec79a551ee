import type { Endpoint } from "../endpoint.ts";
import { accessEndpoints } from "./access.ts";
import { attributionEndpoints } from "./attribution.ts";
import { billingEndpoints } from "./billing.ts";
import { contractsEndpoints } from "./contracts.ts";
import { directoryEndpoints } from "./directory.ts";
import { instanceEndpoints } from "./instance.ts";
import { ledgerEndpoints } from "./ledger.ts";
import { messagingEndpoints } from "./messaging.ts";
import { payoutEndpoints } from "./payouts.ts";
import { reportingEndpoints } from "./reporting.ts";
import { trackingEndpoints } from "./tracking.ts";
import { transactionsEndpoints } from "./transactions.ts";

/** Every operation of the public API, in the order of the description. */
export const endpoints: readonly Endpoint[] = [
  ...instanceEndpoints,
  ...accessEndpoints,
  ...directoryEndpoints,
  ...contractsEndpoints,
  ...trackingEndpoints,
  ...attributionEndpoints,
  ...transactionsEndpoints,
  ...ledgerEndpoints,
  ...billingEndpoints,
  ...payoutEndpoints,
  ...messagingEndpoints,
  ...reportingEndpoints,
];
