import type { IncomingMessage, ServerResponse } from "node:http";
import type { Language } from "@biotop/kernel";

/** The language that a browser asks for first; English otherwise. */
export function languageOf(request: IncomingMessage): Language {
  return request.headers["accept-language"]?.trim().toLowerCase().startsWith("de") ? "de" : "en";
}

const unknownLink = {
  de: {
    title: "Diesen Link gibt es nicht mehr",
    text: "Die Adresse führt zu keinem Angebot. Vielleicht ist sie unvollständig kopiert, oder der Link wurde beendet.",
    advice: "Bitte gehen Sie zurück zur vorigen Seite oder rufen Sie den Shop direkt auf.",
  },
  en: {
    title: "This link does not exist any more",
    text: "The address leads to no offer. Perhaps it was copied incompletely, or the link has ended.",
    advice: "Please go back to the page before, or open the shop directly.",
  },
} as const satisfies Record<Language, object>;

const unavailable = {
  de: { title: "Gleich wieder da", text: "Dieser Dienst startet gerade.", advice: "Bitte laden Sie die Seite in einigen Sekunden neu." },
  en: { title: "Back in a moment", text: "This service is just starting.", advice: "Please load the page again in a few seconds." },
} as const satisfies Record<Language, object>;

type PageWords = { readonly title: string; readonly text: string; readonly advice: string };

export function sendUnknownLink(request: IncomingMessage, response: ServerResponse): void {
  const language = languageOf(request);
  sendPage(response, 404, language, unknownLink[language]);
}

/** No route table yet: the link cannot be looked up, and nothing is guessed. */
export function sendUnavailable(request: IncomingMessage, response: ServerResponse): void {
  const language = languageOf(request);
  response.setHeader("Retry-After", "5");
  sendPage(response, 503, language, unavailable[language]);
}

function sendPage(response: ServerResponse, status: number, language: Language, words: PageWords): void {
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1.05rem/1.6 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { max-width: 34rem; padding: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
</style>
</head>
<body><main><h1>${words.title}</h1><p>${words.text}</p><p>${words.advice}</p></main></body>
</html>
`;
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(html),
    "Content-Language": language,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(html);
}
