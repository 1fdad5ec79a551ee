import type { ProblemType } from "./problem-type.ts";

export const instanceProblems = {
  "not-set-up": {
    status: 409,
    title: { de: "Diese Instanz ist noch nicht eingerichtet", en: "This instance is not set up yet" },
    advice: { de: "Öffnen Sie zuerst den Einrichtungs-Link.", en: "Open the set-up link first." },
  },
  "clock-is-real": {
    status: 409,
    title: { de: "Diese Instanz läuft in Echtzeit", en: "This instance runs on real time" },
    advice: {
      de: "Nur eine leere Instanz lässt sich mit `npm start -- --clock manual --at …` mit stellbarer Zeit starten.",
      en: "Only an empty instance can be started with a settable time: `npm start -- --clock manual --at …`.",
    },
  },
  "clock-goes-forward-only": { status: 409, title: { de: "Die Zeit geht nur vorwärts", en: "Time only goes forward" } },
  "clock-is-moving": {
    status: 409,
    title: { de: "Die Zeit wird gerade gestellt", en: "The time is being moved right now" },
    advice: { de: "Warten Sie, bis die vorige Anfrage beantwortet ist.", en: "Wait until the previous request is answered." },
  },
  "no-demo-playing": { status: 409, title: { de: "Hier wird keine Vorführung gespielt", en: "No demo is playing here" } },
} as const satisfies Record<string, ProblemType>;
