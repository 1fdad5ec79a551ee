import { assert, currency, decimalText, type Instant, type LocalDate, type Money, sum } from "@biotop/kernel";
import { bankId, bankText } from "./bank-text.ts";
import { element, type XmlNode, xmlText } from "./xml.ts";

export type CreditTransfer = {
  readonly id: string;
  readonly holder: string;
  readonly iban: string;
  readonly city: string;
  readonly country: string;
  readonly amount: Money;
  readonly reference: string;
};

export type CreditTransferFile = {
  readonly id: string;
  readonly createdAt: Instant;
  readonly executedOn: LocalDate;
  readonly payer: { readonly holder: string; readonly iban: string };
  readonly transfers: readonly CreditTransfer[];
};

const euro = currency("EUR");
const amountMinorMax = 99_999_999_999n;

/** ISO 20022 pain.001.001.09 for SEPA credit transfers, from integers: the two control sums are those of the transfers. */
export function pain001Xml(file: CreditTransferFile): string {
  assert(file.transfers.length > 0, "a bank file pays something");
  for (const { amount } of file.transfers) {
    assert(amount.currency === euro, "SEPA transfers are in euro");
    assert(amount.minor > 0n && amount.minor <= amountMinorMax, "a transfer is between 0.01 and 999,999,999.99 euro");
  }
  const total = decimalText(
    sum(
      euro,
      file.transfers.map((transfer) => transfer.amount),
    ),
  );
  const count = String(file.transfers.length);
  return xmlText(
    element(
      "Document",
      [
        element("CstmrCdtTrfInitn", [
          element("GrpHdr", [
            element("MsgId", bankId(file.id)),
            element("CreDtTm", file.createdAt),
            element("NbOfTxs", count),
            element("CtrlSum", total),
            element("InitgPty", [element("Nm", bankText(file.payer.holder, 70))]),
          ]),
          paymentInformation(file, count, total),
        ]),
      ],
      { xmlns: "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" },
    ),
  );
}

function paymentInformation(file: CreditTransferFile, count: string, total: string): XmlNode {
  return element("PmtInf", [
    element("PmtInfId", bankId(`${file.id}-1`)),
    element("PmtMtd", "TRF"),
    element("BtchBookg", "true"),
    element("NbOfTxs", count),
    element("CtrlSum", total),
    element("PmtTpInf", [element("SvcLvl", [element("Cd", "SEPA")])]),
    element("ReqdExctnDt", [element("Dt", file.executedOn)]),
    element("Dbtr", [element("Nm", bankText(file.payer.holder, 70))]),
    element("DbtrAcct", [element("Id", [element("IBAN", file.payer.iban)])]),
    // IBAN only: the bank is found by it, and the schema wants the element.
    element("DbtrAgt", [element("FinInstnId", [element("Othr", [element("Id", "NOTPROVIDED")])])]),
    element("ChrgBr", "SLEV"),
    ...file.transfers.map(transferInformation),
  ]);
}

function transferInformation(transfer: CreditTransfer): XmlNode {
  return element("CdtTrfTxInf", [
    element("PmtId", [element("EndToEndId", bankId(transfer.id))]),
    element("Amt", [element("InstdAmt", decimalText(transfer.amount), { Ccy: transfer.amount.currency })]),
    element("Cdtr", [element("Nm", bankText(transfer.holder, 70)), addressOf(transfer)]),
    element("CdtrAcct", [element("Id", [element("IBAN", transfer.iban)])]),
    element("RmtInf", [element("Ustrd", bankText(transfer.reference, 140))]),
  ]);
}

/** Outside the EEA the payee's address is needed, and since 2026-11-15 only in structured form. */
function addressOf({ city, country }: CreditTransfer): XmlNode | null {
  if (eeaCountries.has(country) || city === "") return null;
  return element("PstlAdr", [element("TwnNm", bankText(city, 35)), element("Ctry", country)]);
}

const eeaCountries = new Set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "));
