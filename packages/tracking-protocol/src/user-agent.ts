import { isbot } from "isbot";
import type { DeviceClass } from "./records.ts";

export type UserAgentClass = { readonly isBot: boolean; readonly botClass?: string; readonly deviceClass: DeviceClass };

const textMax = 512;

/** What a browser's own description says about it. The description itself is not kept. */
export function classifyUserAgent(text: string | undefined): UserAgentClass {
  const agent = (text ?? "").slice(0, textMax);
  if (agent === "") return { isBot: true, botClass: "no-user-agent", deviceClass: "unknown" };
  const deviceClass = deviceClassOf(agent);
  return isbot(agent) ? { isBot: true, botClass: botClassOf(agent), deviceClass } : { isBot: false, deviceClass };
}

function deviceClassOf(agent: string): DeviceClass {
  if (/iPad|Tablet|PlayBook|Silk\/|Android(?!.*Mobile)/i.test(agent)) return "tablet";
  if (/Mobi|iPhone|iPod|Android|Windows Phone|Opera Mini/i.test(agent)) return "mobile";
  return /Windows NT|Macintosh|X11|Linux|CrOS/.test(agent) ? "desktop" : "unknown";
}

function botClassOf(agent: string): string {
  if (/headless|phantom|selenium|puppeteer|playwright/i.test(agent)) return "headless";
  if (/facebookexternalhit|twitterbot|slackbot|whatsapp|telegrambot|linkedinbot|discordbot|pinterest|preview/i.test(agent)) {
    return "preview";
  }
  if (/gptbot|claudebot|ccbot|perplexity|bytespider|amazonbot|anthropic|openai|ai2bot|diffbot/i.test(agent)) return "ai-crawler";
  if (/googlebot|bingbot|yandex|baidu|duckduckbot|slurp|applebot|petalbot/i.test(agent)) return "search";
  if (/uptime|monitor|pingdom|statuscake|lighthouse|checker/i.test(agent)) return "monitor";
  if (/curl|wget|python|java\/|okhttp|go-http|libwww|axios|node|php|ruby|perl|httpclient/i.test(agent)) return "tool";
  return "other";
}
