import { readFile } from "node:fs/promises";
import { epochMs, startOfDay, type TimeZone } from "@biotop/kernel";
import PDFDocument from "pdfkit";
import { type InvoiceLine, precedingDocuments, type SelfBillingInvoice } from "../domain/invoice.ts";
import type { TaxParty } from "../domain/tax-party.ts";
import { taxRegistration } from "../domain/vat-treatment.ts";
import { amountText, dateText, percentText } from "./pdf-text.ts";
import { type PdfWords, pdfWords } from "./pdf-words.ts";

type Page = { readonly pdf: PDFKit.PDFDocument; readonly invoice: SelfBillingInvoice; readonly words: PdfWords };

const left = 56;
const right = 539;
const width = right - left;
const bottom = 770;
const ink = "#1b2420";
const quiet = "#5d6b64";
const accent = "#1f6b4a";
const rule = "#cfd8d3";
const columns = { position: left, service: left + 30, count: left + 310, net: left + 380 };

/** The readable form of a self-billing invoice. The same invoice gives the same bytes: its times are those of its date. */
export async function invoicePdf(invoice: SelfBillingInvoice): Promise<Uint8Array> {
  const fonts = await loadFonts();
  const words = pdfWords[invoice.language];
  const created = new Date(epochMs(startOfDay(invoice.issuedOn, "UTC" as TimeZone)));
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: 56, bottom: 40, left, right: 595 - right },
    bufferPages: true,
    lang: invoice.language,
    info: {
      Title: `${words.title} ${invoice.number}`,
      Author: invoice.buyer.name,
      Creator: "Biotop",
      Producer: "Biotop",
      CreationDate: created,
      ModDate: created,
    },
  });
  pdf.registerFont("text", fonts.text).registerFont("bold", fonts.bold);
  const bytes = collect(pdf);
  draw({ pdf, invoice, words });
  pdf.end();
  return bytes;
}

function draw(page: Page): void {
  drawHead(page);
  drawParties(page);
  drawLines(page);
  drawTotals(page);
  drawNotes(page);
  drawFeet(page);
}

function drawHead({ pdf, invoice, words }: Page): void {
  pdf.font("bold").fontSize(9).fillColor(accent).text(invoice.buyer.name, left, 56, { width: 300 });
  pdf.font("bold").fontSize(22).fillColor(ink).text(words.title, left, 84);
  pdf.font("text").fontSize(10).fillColor(quiet).text(`(${words.subtitle})`, left, 112);

  const facts = [
    [words.number, invoice.number],
    [words.date, dateText(invoice.issuedOn, invoice.language)],
    [words.period, `${dateText(invoice.periodFrom, invoice.language)} – ${dateText(invoice.periodTo, invoice.language)}`],
    [words.partner, invoice.seller.org],
  ] as const;
  let y = 60;
  for (const [label, value] of facts) {
    pdf
      .font("text")
      .fontSize(7)
      .fillColor(quiet)
      .text(label, 350, y, { width: right - 350 });
    pdf
      .font("bold")
      .fontSize(8.5)
      .fillColor(ink)
      .text(value, 350, y + 9, { width: right - 350 });
    y += 25;
  }
  line(pdf, 168);
}

function drawParties({ pdf, invoice, words }: Page): void {
  const half = width / 2 - 10;
  drawParty(pdf, words.supplier, invoice.seller, words, left, half, invoice.treatment.printsVatIds);
  drawParty(pdf, words.issuer, invoice.buyer, words, left + width / 2 + 10, half, invoice.treatment.printsVatIds);
  pdf.y = 290;
}

function drawParty(
  pdf: PDFKit.PDFDocument,
  label: string,
  party: TaxParty,
  words: PdfWords,
  x: number,
  partWidth: number,
  printsVatIds: boolean,
): void {
  const registration = taxRegistration(party);
  const rows = [
    party.street,
    `${party.country}-${party.postalCode} ${party.city}`,
    ...(party.vatId && printsVatIds ? [`${words.vatId} ${party.vatId}`] : []),
    ...(registration && registration !== party.vatId ? [`${words.taxNumber} ${registration}`] : []),
  ];
  pdf.font("text").fontSize(7).fillColor(quiet).text(label, x, 180, { width: partWidth });
  pdf.font("bold").fontSize(10).fillColor(ink).text(party.name, x, 192, { width: partWidth });
  pdf.font("text").fontSize(9);
  for (const row of rows) pdf.text(row, x, pdf.y + 2, { width: partWidth });
}

function drawLines(page: Page): void {
  const { pdf, invoice } = page;
  drawTableHead(page);
  for (const each of invoice.lines) {
    const height = lineHeight(pdf, each);
    if (pdf.y + height > bottom) {
      pdf.addPage();
      pdf.y = 56;
      drawTableHead(page);
    }
    drawLine(page, each, height);
  }
}

function drawTableHead({ pdf, words }: Page): void {
  const y = pdf.y;
  pdf.font("bold").fontSize(8).fillColor(quiet);
  pdf.text(words.position, columns.position, y);
  pdf.text(words.service, columns.service, y);
  pdf.text(words.count, columns.count, y, { width: 60, align: "right" });
  pdf.text(words.net, columns.net, y, { width: right - columns.net, align: "right" });
  line(pdf, y + 14);
  pdf.y = y + 20;
}

const serviceWidth = columns.count - columns.service - 10;

function lineHeight(pdf: PDFKit.PDFDocument, { name, description }: InvoiceLine): number {
  const nameHeight = pdf.font("text").fontSize(9.5).heightOfString(name, { width: serviceWidth });
  return nameHeight + pdf.fontSize(7.5).heightOfString(description, { width: serviceWidth }) + 10;
}

function drawLine({ pdf, invoice }: Page, each: InvoiceLine, height: number): void {
  const y = pdf.y;
  pdf.font("text").fontSize(9.5).fillColor(ink);
  pdf.text(String(each.position), columns.position, y);
  pdf.text(String(each.transactions), columns.count, y, { width: 60, align: "right" });
  pdf.text(amountText(each.net, invoice.language), columns.net, y, { width: right - columns.net, align: "right" });
  pdf.text(each.name, columns.service, y, { width: serviceWidth });
  pdf
    .fontSize(7.5)
    .fillColor(quiet)
    .text(each.description, columns.service, pdf.y + 1, { width: serviceWidth });
  pdf.y = y + height;
}

function drawTotals({ pdf, invoice, words }: Page): void {
  const { totals, treatment, language, accountingVat } = invoice;
  if (pdf.y + 90 > bottom) {
    pdf.addPage();
    pdf.y = 56;
  }
  line(pdf, pdf.y);
  pdf.y += 8;
  drawTotal(pdf, words.netTotal, amountText(totals.net, language), "text", 9.5);
  // § 14c UStG: no VAT is shown where none is due, not even as zero.
  if (treatment.category === "S")
    drawTotal(pdf, words.vat(percentText(treatment.ratePpm, language)), amountText(totals.vat, language), "text", 9.5);
  drawTotal(pdf, words.gross, amountText(totals.gross, language), "bold", 12);
  if (accountingVat) drawTotal(pdf, words.inEuro, amountText(accountingVat.vat, language), "text", 8);
}

function drawTotal(pdf: PDFKit.PDFDocument, label: string, amount: string, font: string, size: number): void {
  const y = pdf.y;
  pdf
    .font(font)
    .fontSize(size)
    .fillColor(ink)
    .text(label, left + 230, y, { width: 140 });
  pdf.text(amount, columns.net - 20, y, { width: right - columns.net + 20, align: "right" });
  pdf.y = y + size + 8;
}

function drawNotes({ pdf, invoice, words }: Page): void {
  const references = precedingDocuments(invoice).map((each) => words.reference(each.number, dateText(each.issuedOn, invoice.language)));
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    [words.notes, invoice.notes],
    [words.references, references],
    [words.terms, [invoice.paymentTerms]],
  ];
  pdf.y += 14;
  for (const [label, texts] of blocks) {
    if (texts.length === 0) continue;
    if (pdf.y + 40 > bottom) {
      pdf.addPage();
      pdf.y = 56;
    }
    pdf.font("bold").fontSize(8).fillColor(quiet).text(label, left, pdf.y, { width });
    pdf.font("text").fontSize(8.5).fillColor(ink);
    for (const text of texts) pdf.text(text, left, pdf.y + 2, { width });
    pdf.y += 8;
  }
}

function drawFeet({ pdf, invoice, words }: Page): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index);
    pdf.page.margins.bottom = 0;
    line(pdf, 792);
    pdf.font("text").fontSize(7.5).fillColor(quiet);
    pdf.text(`${words.title} ${invoice.number} · ${invoice.buyer.name}`, left, 800, { width: width - 100, lineBreak: false });
    pdf.text(words.page(index - start + 1, count), right - 100, 800, { width: 100, align: "right", lineBreak: false });
  }
}

function line(pdf: PDFKit.PDFDocument, y: number): void {
  pdf.moveTo(left, y).lineTo(right, y).lineWidth(0.6).strokeColor(rule).stroke();
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pdf.on("error", reject);
  });
}

let fontsOnce: Promise<{ readonly text: Buffer; readonly bold: Buffer }> | undefined;

function loadFonts(): Promise<{ readonly text: Buffer; readonly bold: Buffer }> {
  fontsOnce ??= readFonts();
  return fontsOnce;
}

async function readFonts(): Promise<{ readonly text: Buffer; readonly bold: Buffer }> {
  const text = readFile(new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")));
  const bold = readFile(new URL(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf")));
  return { text: await text, bold: await bold };
}
