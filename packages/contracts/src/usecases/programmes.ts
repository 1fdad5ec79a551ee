import { audit } from "@biotop/access";
import { findOrganisations } from "@biotop/directory";
import { err, ok, type ProgrammeId, type Result } from "@biotop/kernel";
import type { Actor } from "@biotop/platform/http";
import { publish } from "@biotop/platform/outbox";
import type { BodyOf, createProgramme as createEndpoint, Problem, updateProgramme as updateEndpoint } from "@biotop/wire";
import { findProgramme, insertProgramme, saveProgramme } from "../db/programmes.ts";
import { allowedHosts, type Programme } from "../domain/programme.ts";
import type { ProgrammeChanged, ProgrammeCreated } from "../events.ts";
import { mayEditProgramme } from "../policy.ts";
import { type ContractsDeps, decide } from "./deps.ts";

export function createProgramme(
  deps: ContractsDeps,
  actor: Actor,
  given: BodyOf<typeof createEndpoint>,
): Promise<Result<ProgrammeId, Problem>> {
  return decide(deps, actor.org, async (tx) => {
    const [organisation] = await findOrganisations(tx, [actor.org]);
    if (!organisation?.capabilities.includes("sell")) return err({ kind: "capability-needed", capability: "sell" });
    const hosts = allowedHosts(given.homeUrl, given.hosts);
    if (!hosts.ok) return refusedAddress(hosts.error.pointer);

    const programme: Programme = {
      id: deps.ids.next("prg"),
      org: actor.org,
      name: given.name,
      homeUrl: given.homeUrl,
      hosts: hosts.value,
      currency: given.currency,
      timeZone: given.timeZone,
      consentPolicy: given.consentPolicy,
      state: "active",
      createdAt: deps.clock.now(),
    };
    await insertProgramme(tx, programme);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "programme.created",
      subject: programme.id,
      facts: { name: programme.name, homeUrl: programme.homeUrl, currency: programme.currency },
      at: programme.createdAt,
    });
    await publish(tx, { type: "programme.created", programmeId: programme.id, org: actor.org } satisfies ProgrammeCreated);
    return ok(programme.id);
  });
}

export function updateProgramme(
  deps: ContractsDeps,
  actor: Actor,
  id: ProgrammeId,
  given: BodyOf<typeof updateEndpoint>,
): Promise<Result<ProgrammeId, Problem>> {
  return decide(deps, actor.org, async (tx) => {
    const programme = await findProgramme(tx, id);
    if (!programme || !mayEditProgramme(actor, programme)) return err({ kind: "not-found" });
    const homeUrl = given.homeUrl ?? programme.homeUrl;
    const hosts = allowedHosts(homeUrl, given.hosts ?? programme.hosts);
    if (!hosts.ok) return refusedAddress(hosts.error.pointer);

    const changed: Programme = {
      ...programme,
      name: given.name ?? programme.name,
      homeUrl,
      hosts: hosts.value,
      consentPolicy: given.consentPolicy ?? programme.consentPolicy,
      state: given.state ?? programme.state,
    };
    await saveProgramme(tx, changed);
    await audit(tx, {
      org: actor.org,
      principal: actor,
      action: "programme.changed",
      subject: id,
      facts: { name: changed.name, homeUrl, hosts: changed.hosts, consentPolicy: changed.consentPolicy, state: changed.state },
      at: deps.clock.now(),
    });
    await publish(tx, { type: "programme.changed", programmeId: id, org: actor.org } satisfies ProgrammeChanged);
    return ok(id);
  });
}

function refusedAddress(pointer: string): Result<never, Problem> {
  return err({
    kind: "invalid-request",
    errors: [{ pointer, code: "address", detail: "an http(s) address without user name or password" }],
  });
}
