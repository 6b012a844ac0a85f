import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokens(theme: string): Map<string, string> {
  const block = new RegExp(`data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
}

/** WCAG 2 relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['ground', 'surface', 'sunken'];
const pairs: [string, string[], number][] = [
  ['text', [...grounds, 'accent-soft', 'good-soft', 'caution-soft', 'bad-soft'], 7],
  ['text-quiet', [...grounds], 7],
  ['accent', [...grounds], 7],
  ['on-accent', ['accent', 'accent-strong'], 7],
  ['good', ['surface', 'sunken', 'good-soft'], 7],
  ['caution', ['surface', 'sunken', 'caution-soft'], 7],
  ['bad', ['surface', 'sunken', 'bad-soft'], 7],
  ['idle', grounds, 7],
  ['line-strong', grounds, 3],
  ['brass', grounds, 3],
  ['band-edge', ['surface'], 3],
  ['band-edge-caution', ['surface'], 3],
  ['series-1', ['surface'], 3],
  ['series-2', ['surface'], 3],
  ['series-3', ['surface'], 3],
  ['series-4', ['surface'], 3],
];

describe.each(['light', 'dark', 'sunlight'])('%s theme', (theme) => {
  const values = tokens(theme);
  const cases = pairs.flatMap(([ink, papers, least]) => papers.map((paper) => ({ ink, paper, least })));
  it.each(cases)('$ink on $paper is at least $least:1', ({ ink, paper, least }) => {
    const ratio = contrast(values.get(ink) ?? '', values.get(paper) ?? '');
    expect(ratio).toBeGreaterThanOrEqual(least);
  });
});
