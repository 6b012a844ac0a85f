/** One measurement: ours, and beside it the same thing without us, taken in the same run. */
export interface Sample {
  ours: number;
  beside: number;
}

export interface Figure {
  /** What is measured. */
  name: string;
  /** What stands beside it. */
  beside: string;
  unit: 's' | 'ms' | 'frames/s' | 'B/s' | 'B' | 'digits';
  runs: number;
  measure(): Promise<Sample>;
}

export interface Result {
  figure: Figure;
  samples: Sample[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

/** Seconds, digits and anything below ten with its fraction, else whole. */
function shown(value: number, unit: Figure['unit']): string {
  const places = unit === 'digits' ? 1 : 2;
  const fine = unit === 's' || unit === 'digits' || Math.abs(value) < 10;
  return `${fine ? value.toFixed(places) : Math.round(value).toLocaleString('en')} ${unit}`;
}

/** The table at the end: medians, and the spread of ours over the runs. */
export function tableOf(results: readonly Result[]): string {
  const rows = results.map(({ figure, samples }) => {
    const ours = samples.map((sample) => sample.ours);
    const beside = median(samples.map((sample) => sample.beside));
    return [
      figure.name,
      shown(median(ours), figure.unit),
      `${shown(Math.min(...ours), figure.unit)} to ${shown(Math.max(...ours), figure.unit)}`,
      `${shown(beside, figure.unit)} (${figure.beside})`,
      (median(ours) / beside).toFixed(2),
      String(samples.length),
    ];
  });
  const table = [['figure', 'median', 'range', 'beside', 'ratio', 'runs'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
