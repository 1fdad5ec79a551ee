import type { ProblemType } from "./problem-type.ts";

export const generalProblems = {
  "invalid-request": { status: 422, title: { de: "Die Anfrage enthält Fehler", en: "The request has errors" } },
  "broken-json": { status: 400, title: { de: "Der Text ist kein gültiges JSON", en: "The text is not valid JSON" } },
  "not-found": { status: 404, title: { de: "Nicht gefunden", en: "Not found" } },
  "not-signed-in": { status: 401, title: { de: "Nicht angemeldet", en: "Not signed in" } },
  "not-allowed": { status: 403, title: { de: "Dazu fehlt die Berechtigung", en: "You are not allowed to do this" } },
  "fresh-sign-in-needed": {
    status: 403,
    title: { de: "Bitte mit zweitem Faktor bestätigen", en: "Please confirm with your second factor" },
  },
  "changed-meanwhile": { status: 409, title: { de: "Wurde inzwischen geändert", en: "Was changed meanwhile" } },
  "idempotency-key-reused": {
    status: 409,
    title: { de: "Idempotency-Key mit anderem Inhalt verwendet", en: "Idempotency-Key used with other content" },
  },
  "too-large": { status: 413, title: { de: "Zu groß", en: "Too large" } },
  "unsupported-media-type": { status: 415, title: { de: "Dieses Format wird nicht angenommen", en: "This format is not accepted" } },
  "too-many-requests": { status: 429, title: { de: "Zu viele Anfragen", en: "Too many requests" } },
  "internal-error": { status: 500, title: { de: "Interner Fehler", en: "Internal error" } },
  unavailable: { status: 503, title: { de: "Vorübergehend nicht verfügbar", en: "Temporarily unavailable" } },
} as const satisfies Record<string, ProblemType>;
