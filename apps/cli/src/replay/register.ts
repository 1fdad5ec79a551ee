import { randomBytes } from "node:crypto";
import type { Company, Partner } from "@biotop/ecosystem-generator";
import { type Instant, instantFromMs, type LocalDate, type TimeZone } from "@biotop/kernel";
import { type Client, createClient, createCookieJar } from "@biotop/sdk";
import {
  acceptInvitation,
  createKey,
  createOrganisation,
  createProperty,
  finishTotp,
  grantSigningAuthority,
  putBankAccount,
  putLegalEntity,
  type Scope,
  signIn,
  startTotp,
} from "@biotop/wire";
import { patiently } from "./patient.ts";
import { asCurrency, clientOf, type Replay } from "./session.ts";
import type { KnownCompany } from "./state.ts";
import { totpCode } from "./totp.ts";

const keyScopes: readonly Scope[] = [
  "organisations:read",
  "organisations:write",
  "contracts:read",
  "contracts:write",
  "contracts:sign",
  "links:read",
  "links:write",
  "conversions:write",
  "transactions:read",
  "transactions:validate",
  "billing:read",
  "billing:write",
  "payouts:approve",
  "reports:read",
];

/**
 * Registers a company as its people would: the operator creates the organisation, its owner follows the invitation, sets up an
 * authenticator, makes a key and lets it sign within limits. Each step is remembered, so that an interrupted run goes on.
 */
export async function register(replay: Replay, company: Company | Partner): Promise<KnownCompany> {
  const known = replay.state.read().companies[company.slug] ?? (await createCompany(replay, company));
  if (known.isReady) return known;

  const person = await signInAsOwner(replay, known);
  const withKey = known.key ? known : await makeKey(replay, known, person);
  await fillIn(clientOf(replay.addresses, withKey.key ?? ""), company);
  return remember(replay, { ...withKey, isReady: true });
}

async function createCompany(replay: Replay, company: Company): Promise<KnownCompany> {
  const email = `owner@${company.slug}.example`;
  const { organisation, ownerInvitation } = await patiently(`create ${company.name}`, () =>
    replay.operator.call(createOrganisation, {
      body: {
        name: company.name,
        country: company.country,
        language: company.language,
        timeZone: company.timeZone as TimeZone,
        capabilities: [company.capability],
        ownerEmail: email,
      },
      idempotencyKey: `replay-organisation-${replay.state.read().seed}-${company.slug}`,
    }),
  );
  const password = randomBytes(18).toString("base64url");
  const base = { slug: company.slug, org: organisation.id, email, password };
  return remember(replay, ownerInvitation ? { ...base, invitationToken: ownerInvitation.token } : base);
}

async function signInAsOwner(replay: Replay, company: KnownCompany): Promise<Client> {
  const person = createClient({ ...replay.addresses, credentials: { kind: "jar", jar: createCookieJar() }, organisation: company.org });
  const code = company.totpSecret === undefined ? {} : { code: totpCode(company.totpSecret, Date.now()) };
  const session = await person.call(signIn, { body: { email: company.email, password: company.password, ...code } });
  if (session.ok || company.invitationToken === undefined) return person;

  const { password, invitationToken } = company;
  await patiently(`owner of ${company.slug} joins`, () =>
    person.call(acceptInvitation, { params: { token: invitationToken }, body: { name: personName(company.slug), password } }),
  );
  return person;
}

async function makeKey(replay: Replay, company: KnownCompany, person: Client): Promise<KnownCompany> {
  let current = company;
  if (current.totpSecret === undefined) {
    const { secret } = await patiently("authenticator", () => person.call(startTotp, { body: { password: company.password } }));
    await patiently("first code", () => person.call(finishTotp, { body: { code: totpCode(secret, Date.now()) } }));
    current = await remember(replay, { ...current, totpSecret: secret });
  }
  const { key, secret } = await patiently("key", () => person.call(createKey, { body: { name: "Replay", scopes: [...keyScopes] } }));
  await patiently("signing authority", () =>
    person.call(grantSigningAuthority, {
      params: { keyId: key.id },
      body: { programmes: "any", limitPpm: 250_000n, limitFixed: { currency: asCurrency("EUR"), minor: 10_000n }, expiresAt: inAYear() },
    }),
  );
  return remember(replay, { ...current, key: secret });
}

async function fillIn(client: Client, company: Company | Partner): Promise<void> {
  const { tax } = company;
  await patiently(`tax data of ${company.slug}`, () =>
    client.call(putLegalEntity, {
      body: {
        legalName: company.legalName,
        street: company.street,
        postalCode: company.postalCode,
        city: company.city,
        country: company.country,
        vatStatus: tax.status,
        vatStatusSince: "2010-01-01" as LocalDate,
        ...("vatId" in tax && tax.vatId ? { vatId: tax.vatId } : {}),
        ...("taxNumber" in tax && tax.taxNumber ? { taxNumber: tax.taxNumber } : {}),
        ...("registrationNumber" in tax ? { registrationNumber: tax.registrationNumber } : {}),
      },
    }),
  );
  const { bank } = company;
  if (bank) {
    await patiently(`bank data of ${company.slug}`, () =>
      client.call(putBankAccount, {
        params: { currency: asCurrency(bank.currency) },
        body: {
          holder: company.legalName,
          ...(bank.iban ? { iban: bank.iban } : {}),
          ...(bank.accountText ? { accountText: bank.accountText } : {}),
        },
      }),
    );
  }
  if ("property" in company) {
    const created = await client.call(createProperty, { body: { ...company.property, type: company.property.type as "content" } });
    if (!created.ok && created.error.kind !== "property-exists") await patiently("property", async () => created);
  }
}

async function remember(replay: Replay, company: KnownCompany): Promise<KnownCompany> {
  await replay.state.change((state) => ({ ...state, companies: { ...state.companies, [company.slug]: company } }));
  return company;
}

/** Authorities end on the real clock, like sessions and keys. */
function inAYear(): Instant {
  return instantFromMs(Date.now() + 365 * 86_400_000);
}

const people = [
  "Anke Brandt",
  "Jonas Wulff",
  "Mira Petersen",
  "Tobias Lang",
  "Selin Aydin",
  "Clara Hoffmann",
  "Emil Sander",
  "Nora Keller",
] as const;

/** A name for whoever runs the company: the same one in every run. */
function personName(slug: string): string {
  const number = Array.from(slug, (character) => character.charCodeAt(0)).reduce((sum, code) => sum + code, 0);
  return people[number % people.length] ?? people[0];
}
