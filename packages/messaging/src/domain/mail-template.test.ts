import { languages } from "@biotop/kernel";
import { describe, expect, test } from "vitest";
import { type MailTemplate, mailTemplates, renderMail } from "./mail-template.ts";

const facts = {
  organisation: "Becher & Co",
  programme: "Tassen",
  issuer: "Becher & Co",
  payer: "Becher & Co",
  number: "GS-2026-1",
  total: "12,50 EUR",
  amount: "12,50 EUR",
  link: "https://biotop.example/i/abc",
};

describe("every mail", () => {
  for (const template of Object.keys(mailTemplates) as MailTemplate[])
    for (const language of languages)
      test(`${template} in ${language} has a subject and its link on a line of its own`, () => {
        const { subject, body } = renderMail(template, language, facts);
        expect(subject.length).toBeGreaterThan(10);
        expect(body.split("\n")).toContain(facts.link);
        expect(`${subject}${body}`).not.toMatch(/undefined|\[object/);
      });

  test("keeps its subject on one line", () => {
    const { subject } = renderMail("payout-sent", "en", { payer: "A\r\nBcc: x@example.org", amount: "1", link: "l" });
    expect(subject).toBe("A Bcc: x@example.org pays out 1");
  });
});
