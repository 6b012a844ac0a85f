import { create } from 'zustand';

export const themes = ['system', 'light', 'dark', 'sunlight'] as const;
export const languages = ['en', 'de'] as const;
export const densities = ['dense', 'comfortable'] as const;

export interface Looks {
  theme: (typeof themes)[number];
  language: (typeof languages)[number];
  density: (typeof densities)[number];
}

const KEY = 'plumbline.looks';

/** How the page looks is a matter of this screen, not of the job, so the browser keeps it. */
function remembered(): Looks {
  const browser = navigator.language.startsWith('de') ? 'de' : 'en';
  const first: Looks = { theme: 'system', language: browser, density: 'dense' };
  let kept: Partial<Looks> = {};
  try {
    kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Looks>;
  } catch (thrown) {
    console.debug('looks are not readable, taking the usual ones', thrown);
  }
  return {
    theme: themes.find((theme) => theme === kept.theme) ?? first.theme,
    language: languages.find((language) => language === kept.language) ?? first.language,
    density: densities.find((density) => density === kept.density) ?? first.density,
  };
}

export const useLooks = create<Looks & { change: (part: Partial<Looks>) => void }>((set, get) => ({
  ...remembered(),
  change: (part) => {
    set(part);
    const { theme, language, density } = get();
    localStorage.setItem(KEY, JSON.stringify({ theme, language, density }));
  },
}));
