import type { ProblemType } from "./problem-type.ts";

export const accessProblems = {
  "setup-done": {
    status: 409,
    title: { de: "Diese Instanz ist schon eingerichtet", en: "This instance is already set up" },
    advice: { de: "Melden Sie sich an.", en: "Sign in instead." },
  },
  "setup-token-invalid": {
    status: 403,
    title: { de: "Der Einrichtungs-Link gilt nicht", en: "The set-up link is not valid" },
    advice: {
      de: "Nehmen Sie den Link, den der letzte Start ausgegeben hat, oder rufen Sie `npx biotop setup` auf.",
      en: "Use the link that the last start printed, or run `npx biotop setup`.",
    },
  },
  "sign-in-failed": {
    status: 401,
    title: { de: "E-Mail-Adresse oder Passwort stimmt nicht", en: "E-mail address or password is wrong" },
  },
  "second-factor-wrong": {
    status: 401,
    title: { de: "Der Code stimmt nicht", en: "The code is wrong" },
    advice: {
      de: "Nehmen Sie den Code, den die App gerade zeigt, oder einen unbenutzten Wiederherstellungscode.",
      en: "Use the code that the app shows now, or a recovery code that was not used yet.",
    },
  },
  "second-factor-used": {
    status: 401,
    title: { de: "Der Code wurde schon benutzt", en: "The code was used already" },
    advice: { de: "Warten Sie, bis die App den nächsten zeigt.", en: "Wait until the app shows the next one." },
  },
  "second-factor-not-set": {
    status: 409,
    title: { de: "Ein zweiter Faktor ist noch nicht eingerichtet", en: "No second factor is set up yet" },
    advice: { de: "Richten Sie ihn unter Konto → Sicherheit ein.", en: "Set it up under Account → Security." },
  },
  "second-factor-already-set": {
    status: 409,
    title: { de: "Ein zweiter Faktor ist schon eingerichtet", en: "A second factor is already set up" },
  },
  "password-too-weak": {
    status: 422,
    title: { de: "Das Passwort ist zu schwach", en: "The password is too weak" },
    advice: { de: "Mindestens 12 Zeichen, nicht nur eines wiederholt.", en: "At least 12 characters, not one repeated." },
  },
  "password-reset-link-invalid": {
    status: 410,
    title: { de: "Der Link für ein neues Passwort gilt nicht mehr", en: "The link for a new password is no longer valid" },
    advice: {
      de: "Fordern Sie einen neuen an. Ein Link gilt eine Stunde und nur einmal.",
      en: "Ask for a new one. A link is valid for one hour and works once.",
    },
  },
  "account-exists": {
    status: 409,
    title: { de: "Zu dieser E-Mail-Adresse gibt es schon ein Konto", en: "There is already an account for this e-mail address" },
    advice: { de: "Melden Sie sich an und öffnen Sie die Einladung noch einmal.", en: "Sign in and open the invitation again." },
  },
  "invitation-expired": {
    status: 410,
    title: { de: "Die Einladung ist abgelaufen", en: "The invitation has expired" },
    advice: { de: "Bitten Sie um eine neue Einladung.", en: "Ask for a new invitation." },
  },
  "invitation-used": { status: 410, title: { de: "Die Einladung wurde schon angenommen", en: "The invitation was already accepted" } },
  "invitation-revoked": { status: 410, title: { de: "Die Einladung wurde zurückgezogen", en: "The invitation was withdrawn" } },
  "invitation-for-another": {
    status: 403,
    title: { de: "Die Einladung gilt einer anderen E-Mail-Adresse", en: "The invitation is for another e-mail address" },
    advice: { de: "Melden Sie sich mit der eingeladenen Adresse an.", en: "Sign in with the address that was invited." },
  },
  "already-member": { status: 409, title: { de: "Ist schon Mitglied", en: "Is already a member" } },
  "last-owner": {
    status: 409,
    title: { de: "Eine Organisation behält immer einen Inhaber", en: "An organisation always keeps one owner" },
    advice: { de: "Ernennen Sie zuerst einen anderen Inhaber.", en: "Name another owner first." },
  },
  "no-organisation-chosen": {
    status: 422,
    title: { de: "Keine Organisation gewählt", en: "No organisation chosen" },
    advice: {
      de: "Nennen Sie im Kopf Biotop-Organisation, für welche Organisation Sie handeln.",
      en: "Name the organisation that you act for in the header Biotop-Organisation.",
    },
  },
  "not-a-member": { status: 403, title: { de: "Nicht Mitglied dieser Organisation", en: "Not a member of this organisation" } },
  "key-unknown": { status: 401, title: { de: "Diesen Schlüssel gibt es nicht", en: "There is no such key" } },
  "key-expired": {
    status: 401,
    title: { de: "Der Schlüssel ist abgelaufen", en: "The key has expired" },
    advice: { de: "Legen Sie unter Einstellungen → Schlüssel einen neuen an.", en: "Create a new one under Settings → Keys." },
  },
  "key-revoked": { status: 401, title: { de: "Der Schlüssel wurde widerrufen", en: "The key was revoked" } },
  "session-expired": {
    status: 401,
    title: { de: "Die Sitzung ist abgelaufen", en: "The session has expired" },
    advice: { de: "Melden Sie sich neu an.", en: "Sign in again." },
  },
  "scope-not-grantable": {
    status: 403,
    title: { de: "Mehr Rechte als Ihre eigenen können Sie nicht vergeben", en: "You cannot grant more than your own rights" },
  },
  "foreign-origin": {
    status: 403,
    title: { de: "Die Anfrage kommt von einer fremden Seite", en: "The request comes from a foreign page" },
    advice: {
      de: "Öffnen Sie Biotop unter der Adresse, die in PUBLIC_URL steht.",
      en: "Open Biotop at the address that PUBLIC_URL names.",
    },
  },
} as const satisfies Record<string, ProblemType>;
