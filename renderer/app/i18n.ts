import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { duringSpace } from '../features/common/during.ts';
import { type Looks, useLooks } from '../features/common/looks.ts';
import { mistakeSpace } from '../features/validate/writing/mistakeWords.ts';
import { templateSpace } from '../features/validate/writing/templateWords.ts';
import { germanDuring } from './words/during.ts';
import { germanMistakes } from './words/ruleMistakes.ts';
import { germanTemplates } from './words/ruleTemplates.ts';
import { de, en } from './words/words.ts';

/** Templates use `{name}`, as the failure table of the contract does. React escapes what it renders. */
export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: useLooks.getState().language,
    fallbackLng: 'en',
    resources: {
      en: { translation: en },
      de: {
        translation: de,
        [duringSpace]: germanDuring,
        [templateSpace]: germanTemplates,
        [mistakeSpace]: germanMistakes,
      },
    },
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  });
}

/** Puts theme, language and density on the page, now and whenever they or the system's theme change. */
export function followLooks(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const show = ({ theme, language, density }: Looks): void => {
    const root = document.documentElement;
    root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    root.dataset.density = density;
    root.lang = language;
    if (i18next.language !== language) void i18next.changeLanguage(language);
  };
  show(useLooks.getState());
  useLooks.subscribe(show);
  dark.addEventListener('change', () => show(useLooks.getState()));
}
