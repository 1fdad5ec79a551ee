import {
  type Currency,
  type Id,
  type Instant,
  isCurrency,
  isId,
  isTimeZone,
  type LocalDate,
  parseInstant,
  parseLocalDate,
  type TimeZone,
} from "@biotop/kernel";
import { z } from "zod";

const integerText = z.string().regex(/^-?(0|[1-9]\d{0,17})$/, "a whole number of at most 18 digits");

/** A bigint as decimal text (`"-1234"`); safe integers are taken too, floats never. */
export function integer() {
  return z.codec(z.union([integerText, z.int()]), z.bigint(), {
    decode: (text) => BigInt(text),
    encode: (value) => value.toString(),
  });
}

/** Minor units that are not negative. */
export function minorUnits() {
  return integer().refine((value) => value >= 0n, "not negative");
}

/** Parts per million from 0 to `max` (1,000,000 = 100 %). */
export function ppm(max = 1_000_000n) {
  return integer().refine((value) => value >= 0n && value <= max, `between 0 and ${max} parts per million`);
}

export function currencyCode() {
  return z
    .custom<Currency>((value) => typeof value === "string" && isCurrency(value), "an ISO 4217 currency such as EUR")
    .meta({ type: "string", pattern: "^[A-Z]{3}$", examples: ["EUR"] });
}

/** `{ "currency": "EUR", "minor": "1250" }` is 12.50 EUR. */
export function moneyAmount() {
  return z.strictObject({ currency: currencyCode(), minor: integer() });
}

/** RFC 3339 with an offset. */
export function instantText() {
  return z.codec(
    z.string(),
    z.custom<Instant>((value) => typeof value === "string"),
    {
      decode: (text, context) => {
        const parsed = parseInstant(text);
        if (parsed) return parsed;
        context.issues.push({ code: "custom", message: "a time such as 2026-11-23T14:00:00Z", input: text });
        return z.NEVER;
      },
      encode: (value) => value,
    },
  );
}

export function localDateText() {
  return z
    .custom<LocalDate>((value) => typeof value === "string" && parseLocalDate(value) !== undefined, "a date such as 2026-11-23")
    .meta({ type: "string", format: "date" });
}

export function timeZoneName() {
  return z
    .custom<TimeZone>((value) => typeof value === "string" && isTimeZone(value), "an IANA time zone such as Europe/Berlin")
    .meta({ type: "string", examples: ["Europe/Berlin"] });
}

/** An id with its prefix: `id("org")` takes `org_01j…`. */
export function id<Prefix extends string>(prefix: Prefix) {
  return z
    .custom<Id<Prefix>>((value) => typeof value === "string" && isId(prefix, value), `an id that begins with ${prefix}_`)
    .meta({ type: "string", pattern: `^${prefix}_[0-9a-z]+$` });
}

export function localText() {
  return z.strictObject({ de: z.string().min(1).max(4000), en: z.string().min(1).max(4000) });
}

/** A page of a list: opaque cursor, newest first unless the endpoint says otherwise. */
export const pageQuery = { limit: z.coerce.number().int().min(1).max(200).default(50), after: z.string().max(200).optional() };

export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.strictObject({ rows: z.array(row), next: z.string().nullable(), total: z.number().int().optional() });
}

/** A file as an answer: its bytes and the name that the download gets. */
export type FileDownload = { readonly bytes: Uint8Array | string; readonly fileName: string; readonly mediaType?: string };

export function fileDownload() {
  return z
    .custom<FileDownload>((value) => typeof value === "object" && value !== null && "bytes" in value && "fileName" in value)
    .meta({ type: "string", format: "binary" });
}
