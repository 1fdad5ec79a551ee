import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36";

export type Look = { readonly language: "de" | "en"; readonly scheme: "light" | "dark"; readonly width?: number };

export function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error(`No browser found at ${places.join(", ")}. On Debian and Ubuntu: apt-get install --no-install-recommends chromium`);
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"] });
}

export type Person = { readonly context: BrowserContext; readonly page: Page; readonly faults: readonly string[] };

/** A person at a browser of their own; whatever the page complains about is kept as a fault. */
export async function sitDown(browser: Browser, { language, scheme, width }: Look): Promise<Person> {
  const context = await browser.newContext({
    locale: language === "de" ? "de-DE" : "en-GB",
    // Headless says so in its name and would rightly count as a bot.
    userAgent,
    timezoneId: "Europe/Berlin",
    colorScheme: scheme,
    viewport: { width: width ?? 1360, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 40[0-9]|status of 422/.test(message.text()))
      faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return { context, page, faults };
}
