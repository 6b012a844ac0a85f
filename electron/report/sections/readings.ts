import type { JobRecord } from '../../../shared/report/record.ts';
import { figures, inUnit, secondsOf } from '../figures.ts';
import { drawReadingCharts, fullScale, type Window } from '../reading-charts.ts';
import { type Sheet, styles } from '../sheet.ts';
import { type Cell, drawTable } from '../table.ts';
import { placesOf } from './calibration.ts';

function drawStability(sheet: Sheet, windows: Window[], unit: string | undefined, places: number): void {
  const evidence = windows.map(({ point }) => point.stability);
  const column = (
    key: 'distance' | 'referenceDrift' | 'unitDrift' | 'referenceSpread' | 'unitSpread',
  ): string[] =>
    figures(
      evidence.map((one) => one[key]),
      places,
    );
  const measured = [
    column('distance'),
    column('referenceDrift'),
    column('unitDrift'),
    column('referenceSpread'),
    column('unitSpread'),
  ];
  const heads = ['Distance', 'Drift, reference', 'Drift, unit', 'Spread, reference', 'Spread, unit'];
  drawTable(sheet, {
    columns: [
      { head: 'Window' },
      { head: 'Readings', width: 42, align: 'right' },
      { head: 'Time s', width: 38, align: 'right' },
      ...heads.map((head) => ({ head: inUnit(head, unit), width: 52, align: 'right' as const })),
      { head: 'Stable', width: 36 },
    ],
    rows: windows.map(({ run, index, point }, row): Cell[] => [
      `${run} ${index}`,
      String(point.stability.readings),
      secondsOf(point.stability.spanMs),
      ...measured.map((cells) => cells[row] ?? ''),
      point.stability.stable ? { text: 'yes', mark: 'pass' } : { text: 'no *', mark: 'fail' },
    ]),
  });
}

/** How steady reference and unit were while each point was taken. */
export function readings(sheet: Sheet, { calibration }: JobRecord): void {
  if (calibration === null) return;
  const { asFound, asLeft, channel } = calibration;
  const windows: Window[] = [
    ...asFound.map((point, index) => ({ run: 'Found', index: index + 1, point })),
    ...asLeft.map((point, index) => ({ run: 'Left', index: index + 1, point })),
  ];
  if (windows.length === 0) return;
  const places = placesOf(calibration) + 1;
  sheet.subheading('Readings at each point', 90);
  sheet.paragraph(
    `Each reading less the mean of its window, over time: reference full line, unit dashed. Every chart is ${inUnit(`${(2 * fullScale(windows)).toPrecision(2)}`, channel?.unit)} high. All readings are in record.json.`,
    styles.small,
  );
  drawReadingCharts(sheet, windows);
  drawStability(sheet, windows, channel?.unit, places);
}
