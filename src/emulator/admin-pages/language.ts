/** The language of a page: all text is translated, names and values of form fields are not (reading-vicidial.md, section 1). */
import { defaultLanguage } from '../system-data';

export type Translate = (text: string) => string;

const translators = new Map<string, Translate>();

/**
 * Translates to an invented language: every word is spelled backwards and gets an ending, so that no word of the original
 * is left. The same function is returned for the same language.
 */
export function translatorFor(language: string): Translate {
  if (language === defaultLanguage) return unchanged;
  const translator = translators.get(language) ?? createTranslator();
  translators.set(language, translator);
  return translator;
}

function unchanged(text: string): string {
  return text;
}

function createTranslator(): Translate {
  const translations = new Map<string, string>();
  return (text) => {
    const translation = translations.get(text) ?? text.replace(/\p{L}+/gu, translateWord);
    translations.set(text, translation);
    return translation;
  };
}

function translateWord(word: string): string {
  return `${[...word].reverse().join('')}ü`;
}
