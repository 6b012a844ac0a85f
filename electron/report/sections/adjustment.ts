import type { JobRecord } from '../../../shared/report/record.ts';
import { inUnit } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawFacts } from '../table.ts';

/** What was written to the unit between as-found and as-left. */
export function adjustment(sheet: Sheet, { calibration }: JobRecord): void {
  if (calibration === null) return;
  sheet.subheading('Adjustment', 60);
  const { fit, written, unadjusted, channel } = calibration;
  if (unadjusted) {
    sheet.paragraph('None: the unit was within tolerance as found, and nothing was written to it.');
    return;
  }
  if (fit === null) {
    sheet.paragraph('Not done.');
    return;
  }
  const unit = inUnit('', channel?.unit);
  sheet.paragraph(
    `Straight line through the as-found points, value = offset + gain × ADC count; on the unit as integers, value in steps of ${channel?.quantum ?? 'the channel'} = (count × ${fit.mul} ${fit.add < 0 ? '-' : '+'} ${Math.abs(fit.add)}) / 2^${fit.shift}, rounded down.`,
  );
  drawFacts(sheet, [
    ['Offset', `${fit.offset}${unit}`],
    ['Gain', `${fit.gain}${unit} a count`],
    ['Residual s.d.', `${fit.residualStandardDeviation}${unit}, ${fit.degreesOfFreedom} degrees of freedom`],
    ['Integer error', `${fit.integerError}${unit} at most`],
    ['Version', written ? String(written.version) : 'not written'],
    [
      'Read back',
      written ? (written.readBack === written.sha256 ? 'equal to what was sent' : 'NOT EQUAL') : '',
    ],
  ]);
  if (written) sheet.paragraph(`Calibration file, SHA-256 ${written.sha256}`, styles.mono);
}
