import { randomBytes } from "node:crypto";
import type { TimeZone } from "@biotop/kernel";
import { type Client, createClient, createCookieJar } from "@biotop/sdk";
import { completeSetup, createKey, finishTotp, type Scope, startTotp } from "@biotop/wire";
import { patiently, ReplayError } from "../replay/patient.ts";
import { type Addresses, clientOf } from "../replay/session.ts";
import type { KnownCompany, StateFile } from "../replay/state.ts";
import { totpCode } from "../replay/totp.ts";

export const operatorSlug = "operator";
const operatorScopes: readonly Scope[] = ["instance:admin", "organisations:create", "organisations:read", "contracts:read", "reports:read"];

/** Sets the demo instance up as a person would, with the one-time link, and answers the operator's client. */
export async function setUpInstance(addresses: Addresses, state: StateFile, setupToken: () => Promise<string>): Promise<Client> {
  const known = state.read().companies[operatorSlug];
  if (known?.key) return clientOf(addresses, known.key);

  const jar = createCookieJar();
  const password = randomBytes(18).toString("base64url");
  const email = "admin@biotop-demo.example";
  const session = await patiently("set-up", async () =>
    createClient({ ...addresses, credentials: { kind: "jar", jar } }).call(completeSetup, {
      body: {
        token: await setupToken(),
        admin: { name: "Anke Brandt", email, password, language: "de" },
        organisation: {
          name: "Biotop Demo",
          country: "DE",
          language: "de",
          timeZone: "Europe/Berlin" as TimeZone,
          capabilities: ["network"],
        },
        instance: { name: "Biotop Demo", language: "de", imprint, privacy },
      },
    }),
  );
  const org = session.organisations[0]?.id;
  if (!org) throw new ReplayError("the set-up made no organisation");

  const person = createClient({ ...addresses, credentials: { kind: "jar", jar }, organisation: org });
  const { secret: totpSecret } = await patiently("authenticator", () => person.call(startTotp, { body: { password } }));
  await patiently("first code", () => person.call(finishTotp, { body: { code: totpCode(totpSecret, Date.now()) } }));
  const { secret: key } = await patiently("key", () => person.call(createKey, { body: { name: "Demo", scopes: [...operatorScopes] } }));
  const company: KnownCompany = { slug: operatorSlug, org, email, password, totpSecret, key, isReady: true };
  await state.change((before) => ({ ...before, companies: { ...before.companies, [operatorSlug]: company } }));
  return clientOf(addresses, key);
}

const imprint = `Biotop Demo
Speicherstraße 1, 20457 Hamburg

Dies ist eine Vorführinstanz; alle Firmen, Verträge und Beträge sind erfunden.
This is a demonstration; all companies, contracts and amounts are invented.`;

const privacy = `Diese Vorführinstanz verarbeitet nur erfundene Daten auf diesem Rechner.
This demonstration processes invented data on this computer only.`;
