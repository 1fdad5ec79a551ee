import { spawn } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot, type Settings } from "../config.ts";

/** Plays the demo in a process of its own, through the public API; it shows its progress and the sign-ins itself. */
export function playDemo(settings: Settings, say: (line: string) => void): Promise<void> {
  const environment = {
    ...process.env,
    BIOTOP_DATA_DIR: settings.dataDir,
    BIOTOP_SECRET_FILE: settings.secretFile,
    PORT: String(settings.port),
    EDGE_PORT: String(settings.edgePort),
    PUBLIC_URL: settings.publicUrl,
    EDGE_PUBLIC_URL: settings.edgePublicUrl,
  };
  say("The demo plays now; it takes about a minute and then goes on in real time.");
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(repositoryRoot, "apps/cli/src/main.ts"), "demo"], {
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", (error) => {
      say(`The demo could not be played: ${error.message}`);
      resolve();
    });
    child.once("exit", (code) => {
      if (code !== 0) say("The demo stopped early; it goes on at the next start.");
      resolve();
    });
  });
}
