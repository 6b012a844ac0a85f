/** Colours of the present theme, for the canvas. */
export interface Ink {
  text: string;
  quiet: string;
  line: string;
  grid: string;
  surface: string;
  bandGood: string;
  bandCaution: string;
  edgeGood: string;
  edgeCaution: string;
  alarm: string;
  series: string[];
  lineWidth: number;
}

export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token('text'),
    quiet: token('text-quiet'),
    line: token('line-strong'),
    grid: token('grid'),
    surface: token('surface'),
    bandGood: token('band-good'),
    bandCaution: token('band-caution'),
    edgeGood: token('band-edge'),
    edgeCaution: token('band-edge-caution'),
    alarm: token('bad'),
    series: [1, 2, 3, 4].map((n) => token(`series-${n}`)),
    lineWidth: token('line-width') === '2px' ? 3 : 2,
  };
}

/** A dash pattern is for lines along which one can see it. */
export const isDashed = (index: number): boolean => index >= 4;

/** A fixed order of colours; from the fifth series on the dash pattern tells them apart. */
export function seriesLook(ink: Ink, index: number): { colour: string; dash: number[] } {
  const dashes = [[], [8, 4], [2, 4], [10, 4, 2, 4]];
  return {
    colour: ink.series[index % ink.series.length] ?? ink.text,
    dash: dashes[Math.floor(index / ink.series.length) % dashes.length] ?? [],
  };
}
