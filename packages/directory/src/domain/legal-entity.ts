import { err, type Instant, type LocalDate, type OrgId, ok, type Result } from "@biotop/kernel";

export type VatStatus = "regular" | "small-business" | "foreign-business" | "unknown";

/** Who an organisation is in law and for the tax office. */
export type LegalEntity = {
  readonly org: OrgId;
  readonly legalName: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly vatStatus: VatStatus;
  readonly vatStatusSince: LocalDate | null;
  readonly vatId: string | null;
  readonly taxNumber: string | null;
  readonly registrationNumber: string | null;
  readonly changedAt: Instant;
};

export type VatIdError = { readonly kind: "vat-id-invalid"; readonly country: string; readonly expected: string };

/** Shapes of VAT numbers where we know them exactly; the letters differ from the country code in Greece only. */
const shapes: Readonly<Record<string, { readonly pattern: RegExp; readonly example: string }>> = {
  AT: { pattern: /^ATU\d{8}$/, example: "ATU12345678" },
  BE: { pattern: /^BE[01]\d{9}$/, example: "BE0123456789" },
  CH: { pattern: /^CHE\d{9}(MWST|TVA|IVA)?$/, example: "CHE-123.456.789 MWST" },
  CZ: { pattern: /^CZ\d{8,10}$/, example: "CZ12345678" },
  DE: { pattern: /^DE\d{9}$/, example: "DE123456789" },
  DK: { pattern: /^DK\d{8}$/, example: "DK12345678" },
  ES: { pattern: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/, example: "ESX12345678" },
  FR: { pattern: /^FR[A-Z0-9]{2}\d{9}$/, example: "FR12345678901" },
  GB: { pattern: /^GB(\d{9}|\d{12})$/, example: "GB123456789" },
  GR: { pattern: /^EL\d{9}$/, example: "EL123456789" },
  IT: { pattern: /^IT\d{11}$/, example: "IT12345678901" },
  NL: { pattern: /^NL[A-Z0-9]{9}B\d{2}$/, example: "NL123456789B01" },
  PL: { pattern: /^PL\d{10}$/, example: "PL1234567890" },
  SE: { pattern: /^SE\d{12}$/, example: "SE123456789012" },
};

/** The VAT number without spaces, dots and dashes, when it fits the country. */
export function checkVatId(vatId: string, country: string): Result<string, VatIdError> {
  const plain = vatId.toUpperCase().replaceAll(/[\s.-]/g, "");
  const shape = shapes[country];
  const fits = shape ? shape.pattern.test(plain) : new RegExp(`^${country}[A-Z0-9]{2,13}$`).test(plain);
  return fits ? ok(plain) : err({ kind: "vat-id-invalid", country, expected: shape?.example ?? `${country}…` });
}

const euCountries = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "));

/** Member states of the European Union in 2026. */
export function isInEuropeanUnion(country: string): boolean {
  return euCountries.has(country);
}
