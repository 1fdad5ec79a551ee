export const subIdNames = ["sub1", "sub2", "sub3", "sub4", "sub5", "sub6", "sub7", "sub8", "sub9", "sub10"] as const;
export type SubIdName = (typeof subIdNames)[number];
export type SubIds = Readonly<Partial<Record<SubIdName, string>>>;

export const subIdBytesMax = 255;

/** Which slot a query parameter fills, whatever network's spelling a partner is used to. */
export type SubIdSlot = SubIdName | "partnerClickId";

const spellings: Readonly<Record<SubIdName, string>> = {
  sub1: "sub1 subid1 subid clickref clickref1 sid u1 pubref epi epi1 r afftrack ws aff_sub aff_sub1",
  sub2: "sub2 subid2 clickref2 u2 epi2 aff_sub2",
  sub3: "sub3 subid3 clickref3 u3 aff_sub3",
  sub4: "sub4 subid4 clickref4 u4 aff_sub4 sharedid",
  sub5: "sub5 subid5 clickref5 u5 aff_sub5",
  sub6: "sub6 subid6 clickref6",
  sub7: "sub7 subid7",
  sub8: "sub8 subid8",
  sub9: "sub9 subid9",
  sub10: "sub10 subid10",
};

const partnerClickSpellings = ["xid", "clickid", "click_id", "aff_click_id", "partner_click_id"];

type Spelling = { readonly slot: SubIdSlot; readonly isOwnName: boolean };

const slots: ReadonlyMap<string, Spelling> = new Map<string, Spelling>([
  ...subIdNames.flatMap((slot) => spellings[slot].split(" ").map((name): [string, Spelling] => [name, { slot, isOwnName: name === slot }])),
  ...partnerClickSpellings.map((name): [string, Spelling] => [name, { slot: "partnerClickId", isOwnName: name === "xid" }]),
]);

/** The slot of a query parameter's name, in any case of letters; our own names win over other networks'. */
export function subIdSlot(name: string): Spelling | undefined {
  return slots.get(name) ?? slots.get(name.toLowerCase());
}

/**
 * A sub-id as it is kept: control characters are stripped; longer than 255 bytes or not well-formed it is refused as a whole,
 * because half of an identifier would name something else.
 */
export function subIdValue(text: string): string | undefined {
  const clean = text.replaceAll(/\p{Cc}/gu, "");
  if (clean === "") return undefined;
  if (clean.length > subIdBytesMax || !clean.isWellFormed() || Buffer.byteLength(clean) > subIdBytesMax) return undefined;
  return clean;
}
