import { join } from "node:path";
import { audit, createOperatorKey, peopleById, renewSetupToken } from "@biotop/access";
import { createAccessModule } from "@biotop/access/module";
import { createAttributionModule } from "@biotop/attribution/module";
import { createBillingModule } from "@biotop/billing/module";
import { findOffer, programmesByIds } from "@biotop/contracts";
import { createContractsModule } from "@biotop/contracts/module";
import { findOrganisations, membersOf } from "@biotop/directory";
import { createDirectoryModule } from "@biotop/directory/module";
import { type ApiKeyId, type Clock, epochMs, type Ids, type OrgId } from "@biotop/kernel";
import { importRates } from "@biotop/ledger";
import { createLedgerModule } from "@biotop/ledger/module";
import { createMessagingModule, type MessagingDeps, smtpTransport } from "@biotop/messaging/module";
import type { Database, Tx } from "@biotop/platform/db";
import { createEgress } from "@biotop/platform/egress";
import type { ResolvePrincipal } from "@biotop/platform/http";
import type { Log } from "@biotop/platform/log";
import type { ContextModule, InvariantCheck } from "@biotop/platform/module";
import { createReportingModule } from "@biotop/reporting/module";
import { storeClicks, storeCounts } from "@biotop/tracking";
import { createTrackingModule, edgeFiles, type RouteTablePublisher } from "@biotop/tracking/module";
import type { EdgeStatus } from "@biotop/tracking-protocol";
import { createTransactionsModule } from "@biotop/transactions/module";
import { lastOrders } from "@biotop/transactions/queries";
import type { Scope } from "@biotop/wire";
import type { Settings } from "./config.ts";
import { createLoader, type Loader } from "./loader/loader.ts";
import { loaderInvariants } from "./loader/loader-invariants.ts";
import { runtimeInvariants } from "./runtime/runtime-invariants.ts";
import type { Secrets } from "./secrets.ts";
import { type InstanceClock, realNow } from "./time/instance-clock.ts";

export type WiringDeps = {
  readonly db: Database;
  readonly clock: InstanceClock;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: Settings & { readonly databaseUrl: string };
  readonly secrets: Secrets;
};

export type GivenKey = { readonly name: string; readonly scopes: readonly Scope[] };

/** Everything that the contexts make together. */
export type Product = {
  readonly modules: readonly ContextModule[];
  readonly invariants: readonly InvariantCheck[];
  readonly resolvePrincipal: ResolvePrincipal;
  readonly routeTable: RouteTablePublisher;
  readonly edgeStatuses: () => Promise<readonly EdgeStatus[]>;
  readonly loader: Loader;
  /** A new one-time link for the set-up; none when the instance is set up. */
  readonly setupLink: () => Promise<string | undefined>;
  /** A key of the operator, who is made when there is none. */
  readonly createKey: (given: GivenKey) => Promise<{ readonly id: ApiKeyId; readonly secret: string }>;
  readonly importRates: (csvText: string) => Promise<Awaited<ReturnType<typeof importRates>>>;
  readonly close: () => Promise<void>;
};

/** The only place that knows every context: makes each with what it needs of the others. */
export function wire(deps: WiringDeps): Product {
  const { db, clock, ids, log, settings } = deps;
  const organisationNames = (given: readonly OrgId[]) => db.inTransaction("system", (tx) => namesOf(tx, given));
  const { access, messaging } = wirePeople(deps);
  const { tracking, transactions, loader, edgeStatuses } = wireSales(deps, organisationNames);

  // In the order in which deadlines of the same instant are worked off: validation before the month's end.
  const modules = [
    createDirectoryModule({ db, clock, ids, audit }),
    access,
    createContractsModule({ db, clock, ids }),
    tracking,
    createAttributionModule(),
    createLedgerModule({ db, log, egress: createEgress(), organisationNames }),
    transactions,
    createBillingModule({ db, clock, ids }),
    messaging,
    createReportingModule({ db, clock }),
  ];
  return {
    modules,
    invariants: [...modules.flatMap((module) => module.invariants), ...loaderInvariants, ...runtimeInvariants],
    resolvePrincipal: access.resolvePrincipal,
    routeTable: tracking.routeTable,
    edgeStatuses,
    loader,
    async setupLink() {
      const token = await renewSetupToken(access.deps);
      return token && `${settings.publicUrl}/setup?token=${token}`;
    },
    async createKey(given) {
      const { key, secret } = await createOperatorKey(access.deps, given);
      return { id: key.id, secret };
    },
    importRates: (csvText) => db.inTransaction("system", (tx) => importRates(tx, csvText)),
    close: access.close,
  };
}

/** Who signs in, and what they are told. */
function wirePeople({ db, clock, ids, settings, secrets }: WiringDeps) {
  const realClock: Clock = { now: realNow };
  const { publicUrl, databaseUrl, mail } = settings;
  const transport = mail.smtpUrl === undefined ? undefined : smtpTransport({ smtpUrl: mail.smtpUrl, from: mail.from });
  const messaging = createMessagingModule({ db, clock, ids, realNow, publicUrl, transport, ...newsPorts });
  const access = createAccessModule({
    db,
    clock,
    realClock,
    ids,
    databaseUrl,
    secret: secrets.session,
    publicUrl,
    hasMailServer: transport !== undefined,
    sendMail: messaging.mails.sendWritten,
    isOwnOffer: async (tx, { org, offer }) => {
      const found = await findOffer(tx, offer);
      return found?.org === org && found.state === "published";
    },
  });
  return { access, messaging };
}

/** The way of a click and a sale: from the edge's log through the loader into tracking and transactions. */
function wireSales(deps: WiringDeps, organisationNames: (ids: readonly OrgId[]) => Promise<ReadonlyMap<OrgId, string>>) {
  const { db, clock, ids, log, settings, secrets } = deps;
  const transactions = createTransactionsModule({ db, clock, realNow, ids, log, organisationNames });
  const loader = createLoader({
    db,
    log,
    directory: join(settings.dataDir, "segments"),
    realNow,
    storeClicks,
    storeCounts,
    receiveConversions: transactions.pipeline.receive,
    processPending: transactions.pipeline.processPending,
  });
  const files = edgeFiles({ dataDir: settings.dataDir, clickKeys: secrets.clickKeys, nowMs: () => epochMs(realNow()) });
  const tracking = createTrackingModule({
    db,
    clock,
    ids,
    log,
    realNow,
    edgeUrl: settings.edgePublicUrl,
    edgeFiles: files,
    lastOrders,
    loaderStatus: loader.status,
  });
  return { tracking, transactions, loader, edgeStatuses: files.edgeStatuses };
}

async function namesOf(tx: Tx, ids: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>> {
  return new Map((await findOrganisations(tx, ids)).map(({ id, name }) => [id, name]));
}

const concerned = { contracts: ["owner", "admin", "manager"], finance: ["owner", "admin", "finance"] };

const newsPorts: Pick<MessagingDeps, "recipients" | "programmeName"> = {
  recipients: async (tx, org, about) => {
    const members = (await membersOf(tx, org)).filter(({ role }) => concerned[about].includes(role));
    const people = await peopleById(
      tx,
      members.map(({ user }) => user),
    );
    return people.map(({ email, language }) => ({ to: email, language }));
  },
  programmeName: async (tx, programme) => (await programmesByIds(tx, [programme]))[0]?.name ?? programme,
};
