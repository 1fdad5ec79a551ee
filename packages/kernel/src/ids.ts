import { assert } from "./assert.ts";

/** What an id names; the prefix is part of the id: `org_01j…`. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

export type OrgId = Id<"org">;
export type UserId = Id<"usr">;
export type ContractId = Id<"ctr">;
export type ContractVersionId = Id<"cvn">;
export type ProgrammeId = Id<"prg">;
export type OfferId = Id<"off">;
export type ProposalId = Id<"prp">;
export type LinkId = Id<"lnk">;
export type ConversionId = Id<"cnv">;
export type CommissionLineId = Id<"cml">;
export type AccountId = Id<"acc">;
export type EntryId = Id<"ent">;
export type DocumentId = Id<"doc">;
export type PayoutRunId = Id<"run">;
export type PayoutId = Id<"pay">;
export type ApiKeyId = Id<"key">;

/** Makes ids; injected, so that tests and replays are deterministic. */
export type Ids = { readonly next: <Prefix extends string>(prefix: Prefix) => Id<Prefix> };

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** 26 characters of Crockford base 32, lower case: 48 bits of time, 80 random bits. Sorts by time. */
export function ulid(epochMilliseconds: number, randomBytes: Uint8Array): string {
  assert(randomBytes.length >= 10, "an id carries 80 random bits");
  let time = epochMilliseconds;
  let head = "";
  for (let index = 0; index < 10; index += 1) {
    head = alphabet[time % 32] + head;
    time = Math.floor(time / 32);
  }
  let tail = "";
  let buffer = 0;
  let bits = 0;
  for (let index = 0; index < 10; index += 1) {
    buffer = (buffer << 8) | (randomBytes[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return head + tail;
}

/** The time inside a ULID, in epoch milliseconds; `undefined` when it is no ULID. */
export function ulidTime(text: string): number | undefined {
  if (!/^[0-9a-hjkmnp-tv-z]{26}$/.test(text)) return undefined;
  let time = 0;
  for (const character of text.slice(0, 10)) time = time * 32 + alphabet.indexOf(character);
  return time;
}

export function isId<Prefix extends string>(prefix: Prefix, text: string): text is Id<Prefix> {
  return text.startsWith(`${prefix}_`) && /^[0-9a-z]{1,64}$/.test(text.slice(prefix.length + 1));
}
