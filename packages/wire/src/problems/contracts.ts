import type { ProblemType } from "./problem-type.ts";

export const contractsProblems = {
  "terms-refused": {
    status: 422,
    title: { de: "Die Konditionen enthalten Fehler", en: "The terms have errors" },
    advice: { de: "Bitte die genannten Punkte berichtigen.", en: "Please correct the items that are named." },
  },
  "parties-refused": {
    status: 422,
    title: { de: "Die Vertragsparteien passen nicht", en: "The parties do not fit" },
  },
  "capability-needed": {
    status: 403,
    title: { de: "Der Organisation fehlt diese Fähigkeit", en: "The organisation lacks this capability" },
    advice: {
      de: "Die Fähigkeit lässt sich in den Unternehmensdaten einschalten.",
      en: "Switch the capability on in the company data.",
    },
  },
  "target-not-allowed": {
    status: 422,
    title: { de: "Die Adresse liegt nicht auf einem erlaubten Host", en: "The address is not on an allowed host" },
  },
  "not-a-party": { status: 403, title: { de: "Nicht Vertragspartei", en: "Not a party to this contract" } },
  "not-a-signatory": {
    status: 403,
    title: { de: "Diese Partei unterschreibt nicht", en: "This party does not sign" },
  },
  "proposal-closed": {
    status: 409,
    title: { de: "Der Vorschlag ist nicht mehr offen", en: "The proposal is no longer open" },
  },
  "turn-changed": {
    status: 409,
    title: { de: "Inzwischen wurde ein neuer Zug übergeben", en: "A newer turn was handed over meanwhile" },
    advice: { de: "Bitte den neuen Stand ansehen und neu entscheiden.", en: "Please look at the newest state and decide again." },
  },
  "hash-differs": {
    status: 409,
    title: { de: "Der Hash gehört nicht zum aktuellen Text", en: "The hash is not that of the current text" },
  },
  "already-accepted": { status: 409, title: { de: "Bereits angenommen", en: "Already accepted" } },
  "not-handed-over": {
    status: 409,
    title: { de: "Der Entwurf wurde noch nicht übergeben", en: "The draft has not been handed over yet" },
  },
  "not-yours-to-withdraw": {
    status: 403,
    title: { de: "Nur wer eröffnet oder zuletzt übergeben hat, zieht zurück", en: "Only who opened or last handed over may withdraw" },
    advice: { de: "Den Vorschlag stattdessen ablehnen.", en: "Decline the proposal instead." },
  },
  "contract-already-in-force": {
    status: 409,
    title: {
      de: "Für dieses Programm und diesen Partner gilt schon ein Vertrag",
      en: "A contract for this programme and partner is already in force",
    },
    advice: { de: "Eine Änderung des bestehenden Vertrags vorschlagen.", en: "Propose an amendment of the existing contract." },
  },
  "contract-changed-meanwhile": {
    status: 409,
    title: { de: "Der Vertrag wurde inzwischen geändert", en: "The contract was amended meanwhile" },
    advice: { de: "Eine neue Änderung auf der aktuellen Fassung vorschlagen.", en: "Propose a new amendment on the current version." },
  },
  "signing-authority-needed": {
    status: 403,
    title: { de: "Dieser Schlüssel darf nicht unterschreiben", en: "This key may not sign" },
    advice: {
      de: "Eine Person erteilt dem Schlüssel mit zweitem Faktor eine Zeichnungsvollmacht.",
      en: "A person grants the key a signing authority with their second factor.",
    },
  },
  "beyond-signing-authority": {
    status: 403,
    title: { de: "Das übersteigt die Zeichnungsvollmacht", en: "This is beyond the signing authority" },
  },
  "offer-closed": { status: 409, title: { de: "Das Angebot ist geschlossen", en: "The offer is closed" } },
  "expiry-in-the-past": { status: 422, title: { de: "Die Frist liegt in der Vergangenheit", en: "The deadline is in the past" } },
} as const satisfies Record<string, ProblemType>;
