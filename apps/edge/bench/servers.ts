import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pinned } from "./load.ts";

/** A server under test: a process tree on one core. */
export type Server = { readonly name: string; readonly url: string; readonly cpuSeconds: () => number; readonly stop: () => Promise<void> };

export async function startBare(core: number): Promise<Server> {
  const port = await freePort();
  const script = `require("node:http").createServer((q, s) => { s.writeHead(302, { Location: "https://shop.example/landing?bk=0" }); s.end(); }).listen(${port}, "127.0.0.1")`;
  return started("node:http", port, "/c/abc?cons=1", pinned(core, [process.execPath, "-e", script]), {});
}

export async function startNginx(core: number, folder: string): Promise<Server> {
  const port = await freePort();
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 100000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  server { listen 127.0.0.1:${port}; location / { return 302 https://shop.example/landing?bk=$request_id; } } }
`,
  );
  return started("nginx", port, "/c/abc?cons=1", pinned(core, ["nginx", "-p", folder, "-c", config]), {});
}

export async function startEdgeProcess(core: number, folder: string): Promise<Server> {
  const port = await freePort();
  mkdirSync(join(folder, "route-table"), { recursive: true });
  writeFileSync(join(folder, "route-table", "current.json"), JSON.stringify(benchTable(1000)));
  const main = resolve(import.meta.dirname, "../src/main.ts");
  const settings = { BIOTOP_DATA_DIR: folder, EDGE_PORT: String(port), EDGE_WORKERS: "1", LOG_LEVEL: "error" };
  return started("edge", port, "/c/link7?cons=1&sub1=newsletter", pinned(core, [process.execPath, main]), settings);
}

function benchTable(links: number): object {
  return {
    version: 1,
    clock: { mode: "real" },
    clickKeys: [{ kid: "bench", secret: createHash("sha256").update("bench").digest("hex") }],
    programmes: [
      {
        id: "prg_bench",
        merchant: "org_merchant",
        homeUrl: "https://shop.example/",
        hosts: ["shop.example"],
        currency: "EUR",
        clickParameter: "bk",
        cookieDays: 30,
        consentPolicy: "strict",
      },
    ],
    links: Array.from({ length: links }, (_, index) => ({
      key: `link${index}`,
      id: `lnk_${index}`,
      programme: "prg_bench",
      partner: `org_partner${index % 50}`,
      target: `https://shop.example/products/${index}?campaign=partner`,
    })),
    keys: [],
  };
}

async function started(
  name: string,
  port: number,
  path: string,
  [command = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...environment } });
  const url = `http://127.0.0.1:${port}${path}`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const status = await fetch(url, { redirect: "manual" }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 302) return { name, url, cpuSeconds: () => treeCpuSeconds(child.pid ?? 0), stop: () => stop(child) };
    await delay(100);
  }
  throw new Error(`${name} does not answer`);
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await ended;
}

/** User and system time of a process and its children, as the operating system counts it. */
function treeCpuSeconds(pid: number): number {
  const ticksPerSecond = 100;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  const own = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const text = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim();
    return text === "" ? [] : text.split(" ").map(Number);
  });
  return own + children.reduce((sum, child) => sum + treeCpuSeconds(child), 0);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
