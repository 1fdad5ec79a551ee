import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { browser, openEdge } from "./edge-fixture.ts";

const examples = resolve(import.meta.dirname, "../../../docs/deploy");
const isInstalled = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

describe("deployment examples", () => {
  test("nginx takes the example, and a click through it arrives with a cookie bound to the host", async (context) => {
    if (!isInstalled("nginx") || !isInstalled("openssl")) return notRun(context, "nginx and openssl");
    const folder = mkdtempSync(join(tmpdir(), "biotop-nginx-"));
    const edge = await openEdge({ publicUrl: "https://go.shop.example" });
    const port = await freePort();
    const nginx = startNginx(folder, edge.edge.port, port);
    try {
      const answer = await askThrough(port, "/c/spring?cons=1&to=https%3A%2F%2Fshop.example%2F%3Fq%3Da%2Bb%2520c");
      expect(answer.status).toBe(302);
      expect(answer.location).toMatch(/^https:\/\/shop\.example\/\?q=a\+b%20c&bk=[0-9a-z]{34}$/);
      expect(answer.cookie).toMatch(/^__Host-bk=/);
      expect((await edge.records()).length).toBe(1);
    } finally {
      nginx.kill("SIGTERM");
      await edge.close();
      rmSync(folder, { recursive: true });
    }
  });

  test("Caddy takes the example", (context) => {
    if (!isInstalled("caddy")) return notRun(context, "caddy");
    const checked = spawnSync("caddy", ["validate", "--config", join(examples, "Caddyfile"), "--adapter", "caddyfile"], {
      encoding: "utf8",
    });
    expect(checked.status, checked.stderr).toBe(0);
  });
});

function notRun(context: { readonly skip: () => void }, needed: string): void {
  process.stdout.write(`not run: needs ${needed}\n`);
  context.skip();
}

/** The example as it stands, with this test's ports and certificate. */
function startNginx(folder: string, edgePort: number, port: number) {
  const certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=go.shop.example"];
  const files = ["-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")];
  expect(spawnSync("openssl", [...certificate, ...files]).status).toBe(0);
  const example = readFileSync(join(examples, "nginx.conf"), "utf8")
    .replaceAll("/etc/letsencrypt/live/shop.example", folder)
    .replaceAll("127.0.0.1:3001", `127.0.0.1:${edgePort}`)
    .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replaceAll("listen 80;", `listen unix:${folder}/80.sock;`);
  writeFileSync(join(folder, "example.conf"), example);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${places} include ${folder}/example.conf; }
`,
  );
  const checked = spawnSync("nginx", ["-t", "-p", folder, "-c", config], { encoding: "utf8" });
  expect(checked.status, checked.stderr).toBe(0);
  return spawn("nginx", ["-p", folder, "-c", config], { stdio: "ignore" });
}

type Through = { readonly status: number; readonly location: string; readonly cookie: string };

async function askThrough(port: number, path: string): Promise<Through> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await askOnce(port, path);
    } catch (error) {
      if (attempt > 100) throw error;
      await delay(50);
    }
  }
}

function askOnce(port: number, path: string): Promise<Through> {
  return new Promise((done, reject) => {
    const headers = { host: "go.shop.example", "user-agent": browser };
    const asked = request(
      { host: "127.0.0.1", port, path, headers, servername: "go.shop.example", rejectUnauthorized: false },
      (answer) => {
        answer.resume();
        done({ status: answer.statusCode ?? 0, location: answer.headers.location ?? "", cookie: answer.headers["set-cookie"]?.[0] ?? "" });
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
