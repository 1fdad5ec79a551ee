import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@biotop/platform/embedded-postgres";
import { Client } from "pg";
import { agency, merchant, shopfront } from "../apps/cli/src/replay/cast.ts";
import { negotiate, openProgramme } from "../apps/cli/src/replay/negotiate.ts";
import { partners } from "../apps/cli/src/replay/partners.ts";
import { register } from "../apps/cli/src/replay/register.ts";
import { clientOf, type Replay } from "../apps/cli/src/replay/session.ts";
import { openStateFile } from "../apps/cli/src/replay/state.ts";
import { startInstance, startProgram, waitUntil } from "./instance.ts";

/** `npm run test:outage -- --seconds 60`: the database is gone while shoppers click. No redirect fails, every click is there once. */
const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, rate: { type: "string", default: "100" } } });
const outageMs = Number(values.seconds) * 1000;
const pauseMs = 1000 / Number(values.rate);
const folder = await mkdtemp(join(tmpdir(), "biotop-outage-"));
let postgres = await startEmbeddedPostgres({ dataDir: folder });
const instance = await startInstance([], { environment: { DATABASE_URL: postgres.url } });
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

try {
  const linkUrl = await makeLink();
  const acknowledged: string[] = [];
  let failedRedirects = 0;
  let isClicking = true;
  const clicking = (async () => {
    const under: Promise<void>[] = [];
    while (isClicking) {
      under.push(
        click(linkUrl).then(
          (id) => void acknowledged.push(id),
          () => {
            failedRedirects += 1;
          },
        ),
      );
      await delay(pauseMs);
    }
    await Promise.all(under);
  })();

  await delay(3000);
  await postgres.stop();
  console.log(`database stopped after ${acknowledged.length} clicks`);
  await delay(outageMs);
  postgres = await startEmbeddedPostgres({ dataDir: folder });
  console.log(`database started again after ${acknowledged.length} clicks`);
  await delay(3000);
  isClicking = false;
  await clicking;

  const started = performance.now();
  await waitUntil(async () => (await stored(acknowledged)).rows >= acknowledged.length, 60_000);
  const { rows, ids } = await stored(acknowledged);
  console.log(
    `${acknowledged.length} acknowledged, ${failedRedirects} failed redirects, ${rows} rows of ${ids} ids after ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  const isRight = failedRedirects === 0 && rows === acknowledged.length && ids === rows && rows > 100;
  console.log(isRight ? "1 passed, 0 failed" : "0 passed, 1 failed");
  process.exitCode = isRight ? 0 : 1;
} finally {
  agent.destroy();
  await instance.stop();
  await postgres.stop();
  await instance.remove();
  await rm(folder, { recursive: true, force: true });
}

async function makeLink(): Promise<string> {
  const partner = partners[0];
  if (!partner) throw new Error("the cast has partners");
  const addresses = { baseUrl: instance.url, edgeUrl: instance.edgeUrl };
  const key = (await startProgram(["apps/cli/src/main.ts", "key", "create"], instance.environment).output).trim();
  const replay: Replay = {
    addresses,
    operator: clientOf(addresses, key),
    state: await openStateFile(instance.dataDir, "replay", "1"),
    say: () => undefined,
  };
  for (const company of [merchant, agency, partner]) await register(replay, company);
  const programme = await openProgramme(replay, shopfront);
  await negotiate(replay, { programme, merchant, partner });
  const url = replay.state.read().deals[`${merchant.slug}/${partner.slug}`]?.linkUrl;
  if (!url) throw new Error("no link was made");
  const link = `${instance.edgeUrl}${new URL(url).pathname}?cons=1`;
  await waitUntil(
    () =>
      click(link).then(
        () => true,
        () => false,
      ),
    5_000,
  );
  return link;
}

function click(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, timeout: 5000, headers: { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" } },
      (response) => {
        response.resume();
        const id = new URL(response.headers.location ?? "http://none").searchParams.get("bk");
        if (response.statusCode === 302 && id) resolve(id);
        else reject(new Error(`no click id: ${response.statusCode}`));
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end();
  });
}

async function stored(ids: readonly string[]): Promise<{ rows: number; ids: number }> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ rows: bigint; ids: bigint }>(
      "select count(*) as rows, count(distinct id) as ids from tracking.click where id = any($1)",
      [ids],
    );
    return { rows: Number(rows[0]?.rows ?? 0n), ids: Number(rows[0]?.ids ?? 0n) };
  } finally {
    await client.end();
  }
}
