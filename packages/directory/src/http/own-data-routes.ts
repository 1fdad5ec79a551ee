import { err, type OrgId, ok } from "@biotop/kernel";
import type { Tx } from "@biotop/platform/db";
import { actorOf, type Principal, type Route, route } from "@biotop/platform/http";
import * as wire from "@biotop/wire";
import { mayChange } from "../policy.ts";
import { bankAccountsOf, propertiesOf, taxProfileOf } from "../queries.ts";
import { createProperty } from "../usecases/create-property.ts";
import type { DirectoryDeps } from "../usecases/deps.ts";
import { missingForPayout } from "../usecases/missing-for-payout.ts";
import { putBankAccount } from "../usecases/put-bank-account.ts";
import { putLegalEntity } from "../usecases/put-legal-entity.ts";
import { bankAccountView, legalEntityView, propertyView } from "./views.ts";

/** Legal, tax and bank data and properties of the organisation that asks. */
export function ownDataRoutes(deps: DirectoryDeps): readonly Route[] {
  return [...legalRoutes(deps), ...bankRoutes(deps), ...propertyRoutes(deps)];
}

function legalRoutes(deps: DirectoryDeps): readonly Route[] {
  return [
    route(wire.getLegalEntity, (input) =>
      own(deps, input, async (tx, org) => {
        const entity = await taxProfileOf(tx, org);
        return { legalEntity: entity ? legalEntityView(entity) : null, can: { update: mayChange(input.principal, org) } };
      }),
    ),
    route(wire.putLegalEntity, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { body } = input;
      const saved = await putLegalEntity(deps, actor.value.principal, {
        ...body,
        vatStatusSince: body.vatStatusSince ?? null,
        vatId: body.vatId || null,
        taxNumber: body.taxNumber || null,
        registrationNumber: body.registrationNumber || null,
      });
      if (saved.ok) return ok(legalEntityView(saved.value));
      const detail = `${saved.error.country}: ${saved.error.expected}`;
      return err({ ...saved.error, errors: [{ pointer: "/vatId", code: saved.error.kind, detail }] });
    }),
    route(wire.getCompleteness, (input) =>
      own(deps, input, async (tx, org) => {
        const missing = await missingForPayout(tx, org, input.query.currency ? [input.query.currency] : undefined);
        return { isComplete: missing.length === 0, missing: [...missing] };
      }),
    ),
  ];
}

function bankRoutes(deps: DirectoryDeps): readonly Route[] {
  return [
    route(wire.getBankAccounts, (input) =>
      own(deps, input, async (tx, org) => {
        const accounts = await bankAccountsOf(tx, [org]);
        return { rows: accounts.map(bankAccountView), can: { update: mayChange(input.principal, org) } };
      }),
    ),
    route(wire.putBankAccount, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const { holder, iban, bic, accountText } = input.body;
      const saved = await putBankAccount(deps, actor.value.principal, {
        currency: input.params.currency,
        holder,
        iban: iban ?? null,
        bic: bic ?? null,
        accountText: accountText ?? null,
      });
      if (saved.ok) return ok(bankAccountView(saved.value));
      const detail = "reason" in saved.error ? saved.error.reason : "needed";
      return err({ ...saved.error, errors: [{ pointer: `/${saved.error.field}`, code: saved.error.kind, detail }] });
    }),
  ];
}

function propertyRoutes(deps: DirectoryDeps): readonly Route[] {
  return [
    route(wire.listProperties, (input) =>
      own(deps, input, async (tx, org) => {
        const owner = input.query.organisation ?? org;
        const rows = await propertiesOf(tx, owner);
        return { rows: rows.map(propertyView), can: { create: mayChange(input.principal, owner) } };
      }),
    ),
    route(wire.createProperty, async (input) => {
      const actor = actorOf(input);
      if (!actor.ok) return actor;
      const created = await createProperty(deps, actor.value.principal, input.body);
      return created.ok ? ok(propertyView(created.value)) : created;
    }),
  ];
}

/** Reads in the scope of the organisation that asks. */
async function own<T>(deps: DirectoryDeps, input: { readonly principal: Principal }, read: (tx: Tx, org: OrgId) => Promise<T>) {
  const actor = actorOf(input);
  if (!actor.ok) return actor;
  const { org } = actor.value;
  return ok(await deps.db.inTransaction({ org }, (tx) => read(tx, org)));
}
