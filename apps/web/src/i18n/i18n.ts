import type { Language, LocalText } from "@biotop/kernel";
import { setupI18n } from "@lingui/core";
import { useLingui } from "@lingui/react";
import { useCallback } from "react";
import { z } from "zod";
import type { MessageKey } from "./message-key.ts";

export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: Values) => string;

export const i18n = setupI18n({ locale: "en", messages: { en: {} } });

const stored = "biotop-language";

/** The language that was chosen in this browser, if any. */
export function chosenLanguage(): Language | undefined {
  const chosen = localStorage.getItem(stored);
  return chosen === "de" || chosen === "en" ? chosen : undefined;
}

export function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("de") ? "de" : "en";
}

/** A person's choice: kept for the next visit. */
export async function switchLanguage(language: Language): Promise<void> {
  localStorage.setItem(stored, language);
  await speak(language);
}

export async function speak(language: Language): Promise<void> {
  const { messages } = language === "de" ? await import("virtual:messages/de") : await import("virtual:messages/en");
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return i18n.locale === "de" ? "de" : "en";
}

/** Language tag for Intl: which group and decimal marks a reader expects. */
export function currentLocale(): string {
  return currentLanguage() === "de" ? "de-DE" : "en-GB";
}

export const translate: Translate = (key, values) => i18n._(key, values);

/** `t("key", { count: 3 })`; the component renders again when the language changes. */
export function useText(): Translate {
  const { i18n: active } = useLingui();
  return useCallback((key: MessageKey, values?: Values) => active._(key, values), [active]);
}

export function useLanguage(): Language {
  return useLingui().i18n.locale === "de" ? "de" : "en";
}

/** The reader's side of a text that comes in both languages. */
export function useLocalText(): (text: LocalText) => string {
  const language = useLanguage();
  return useCallback((text: LocalText) => text[language], [language]);
}

/** Form errors of schemas, in the reader's language. */
export function speakFormErrors(): void {
  z.config({ customError: (issue) => formError(issue) });
}

function formError(issue: { readonly code?: string | undefined; readonly input?: unknown; readonly format?: unknown }): string {
  if (issue.input === undefined || issue.input === "" || issue.input === null) return translate("form.required");
  if (issue.code === "too_small") return translate("form.too-small");
  if (issue.code === "too_big") return translate("form.too-big");
  if (issue.code === "invalid_format" && issue.format === "email") return translate("form.email");
  if (issue.code === "invalid_format" && issue.format === "url") return translate("form.url");
  return translate("form.invalid");
}
