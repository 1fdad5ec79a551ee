import type { Company } from "@biotop/ecosystem-generator";
import type { Currency } from "@biotop/kernel";
import { type Client, createClient } from "@biotop/sdk";
import { ReplayError } from "./patient.ts";
import type { StateFile } from "./state.ts";

export type Addresses = { readonly baseUrl: string; readonly edgeUrl: string };

/** Everything that the steps of the replay share. */
export type Replay = {
  readonly addresses: Addresses;
  readonly operator: Client;
  readonly state: StateFile;
  readonly say: (line: string) => void;
};

export function clientOf(addresses: Addresses, key: string): Client {
  return createClient({ ...addresses, credentials: { kind: "key", key }, language: "en", retriesMax: 0, timeoutMsMax: 120_000 });
}

/** Acts as a company that is registered already, by its own key. */
export function actingAs(replay: Replay, company: Pick<Company, "slug">): Client {
  const key = replay.state.read().companies[company.slug]?.key;
  if (!key) throw new ReplayError(`${company.slug} has no key yet`);
  return clientOf(replay.addresses, key);
}

/** The cast's currencies are ISO codes. */
export function asCurrency(code: string): Currency {
  return code as Currency;
}
