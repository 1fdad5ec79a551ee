import { err, ok } from "@biotop/kernel";
import type { Database, Tx } from "@biotop/platform/db";
import { type Route, route } from "@biotop/platform/http";
import { changeInstance, type Instance, readInstance } from "@biotop/platform/instance";
import { type AnswerOf, finishDemoTime, getInstance, setSandboxClock, updateInstance } from "@biotop/wire";
import type { Settings } from "../config.ts";
import type { InstanceClock } from "../time/instance-clock.ts";
import type { TimeMover } from "../time/move-time.ts";

type Deps = {
  readonly db: Database;
  readonly clock: InstanceClock;
  readonly settings: Settings;
  readonly time: TimeMover;
};

type InstanceView = AnswerOf<typeof getInstance>;

export function instanceRoutes(deps: Deps): readonly Route[] {
  const clockView = () => ({ mode: deps.clock.mode(), at: deps.clock.now() });
  const view = (instance: Instance | undefined): InstanceView => ({
    name: instance?.name ?? null,
    needsSetup: instance === undefined,
    language: instance?.language ?? "en",
    languages: ["de", "en"],
    clock: clockView(),
    isDemoPlaying: deps.clock.isDemoPlaying(),
    publicUrl: deps.settings.publicUrl,
    edgePublicUrl: deps.settings.edgePublicUrl,
    hasMailServer: deps.settings.mail.smtpUrl !== undefined,
    imprint: instance?.imprint ?? null,
    privacy: instance?.privacy ?? null,
  });
  return [
    route(getInstance, async () => ok(view(await inSystem(deps.db, readInstance)))),
    route(updateInstance, async ({ body }) => {
      const { name, language, imprint, privacy } = body;
      const change = { ...(name && { name }), ...(language && { language }), ...(imprint && { imprint }), ...(privacy && { privacy }) };
      const changed = await inSystem(deps.db, (tx) => changeInstance(tx, change));
      return changed ? ok(view(changed)) : err({ kind: "not-set-up" });
    }),
    route(setSandboxClock, ({ body }) => deps.time.moveTo(body.to)),
    route(finishDemoTime, async () => {
      const finished = await deps.time.finishDemo();
      return finished.ok ? ok({ clock: clockView() }) : finished;
    }),
  ];
}

function inSystem<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.inTransaction("system", work);
}
