/**
 * In which language does the page speak? Chosen at first by the browser, then by the reader, and kept.
 *
 * Every message asks for the language through {@link language}, so that a switch changes all words at once, without
 * loading the page (and drawing the map) again.
 */
import { getLocale, overwriteGetLocale, setLocale, type Locale } from '../paraglide/runtime.js';

let chosen = $state<Locale>(getLocale());
overwriteGetLocale(() => chosen);

export type Language = Locale;

export function language(): Language {
  return chosen;
}

/** Changes the language and keeps the choice in this browser. */
export function speak(next: Language): void {
  void setLocale(next, { reload: false });
  chosen = next;
  nameLanguage();
}

/** Tells the document, and so screen readers, which language it is in. */
export function nameLanguage(): void {
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
}

/** What each language is called in itself. */
export const languageNames: Record<Language, string> = { zh: '中文', en: 'English' };
