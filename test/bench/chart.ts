import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import type { Figure } from './figure.ts';

const TURNS = 60;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

type Drawn = { draw: number; repaint: number; plain: number };

function systemChromium(): string {
  const named = process.env.PLUMBLINE_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  return named ?? found ?? 'chromium';
}

async function pageScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: {
        entry: here('../../renderer/live/recordingView.fixture.ts'),
        formats: ['iife'],
        name: 'chartPage',
      },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  const chunk = outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('the page was not built');
  return chunk.code;
}

/** All of it in one browser, taken once for every figure. */
let taken: Promise<Drawn> | null = null;
async function drawn(): Promise<Drawn> {
  const content = await pageScript();
  const browser = await chromium.launch({
    executablePath: systemChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.addStyleTag({ path: here('../../renderer/ui/tokens.css') });
    await page.addScriptTag({ content });
    return await page.evaluate((turns) => {
      const measure = Reflect.get(window, 'measureChart') as (times: number) => Promise<Drawn>;
      return measure(turns);
    }, TURNS);
  } finally {
    await browser.close();
  }
}

const figure = (name: string, of: (all: Drawn) => number): Figure => ({
  name,
  beside: 'uPlot as it comes, 10 lines of 2000 points',
  unit: 'ms',
  runs: 1,
  measure: async () => {
    taken ??= drawn();
    const all = await taken;
    return { ours: of(all), beside: all.plain };
  },
});

export const chart: readonly Figure[] = [
  figure('chart of a recording, 10 channels of 1000 columns drawn', ({ draw }) => draw),
  figure('the same repainted with 2 rules of 2000 alarms, as a slider moves', ({ repaint }) => repaint),
];
