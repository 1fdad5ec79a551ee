import type { ProblemType } from "./problem-type.ts";

export const trackingProblems = {
  "programme-not-joined": {
    status: 403,
    title: { de: "Mit diesem Programm besteht kein Vertrag", en: "There is no contract with this programme" },
    advice: {
      de: "Nehmen Sie zuerst ein Angebot des Programms an oder handeln Sie einen Vertrag aus; danach lassen sich Links erstellen.",
      en: "Accept an offer of the programme or negotiate a contract first; then you can make links.",
    },
  },
  "target-not-allowed": {
    status: 422,
    title: { de: "Diese Adresse gehört nicht zum Programm", en: "This address does not belong to the programme" },
    advice: {
      de: "Nehmen Sie eine Adresse auf einem der genannten Hosts oder bitten Sie den Händler, den Host freizugeben.",
      en: "Use an address on one of the hosts named, or ask the merchant to allow the host.",
    },
  },
  "no-programme-for-host": {
    status: 404,
    title: { de: "Kein Programm für diese Adresse", en: "No programme for this address" },
    advice: {
      de: "Prüfen Sie die Adresse oder wählen Sie das Programm selbst aus der Liste.",
      en: "Check the address, or choose the programme from the list yourself.",
    },
  },
  "programme-ambiguous": {
    status: 409,
    title: { de: "Mehrere Programme passen zu dieser Adresse", en: "Several programmes fit this address" },
    advice: { de: "Wählen Sie eines der genannten Programme.", en: "Choose one of the programmes named." },
  },
} as const satisfies Record<string, ProblemType>;
