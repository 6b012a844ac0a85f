import type { JobRecord } from '../../../shared/report/record.ts';
import { inUnit, twoDigits, withUncertainty } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawFacts } from '../table.ts';

/** What was written to the unit between as-found and as-left. */
export function adjustment(sheet: Sheet, { calibration }: JobRecord): void {
  if (calibration === null) return;
  sheet.subheading('Adjustment', 60);
  const { fit, written, unadjusted, leftBecause, channel } = calibration;
  if (unadjusted) {
    const why =
      leftBecause === null
        ? 'the unit was within its limits as found'
        : `the unit was not within its limits as found and was left so. Reason given: ${leftBecause}`;
    sheet.paragraph(`None, nothing was written to it: ${why}.`);
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
    ['Offset', `${withUncertainty(fit.offset, fit.offsetStandardUncertainty)}${unit}`],
    ['Gain', `${withUncertainty(fit.gain, fit.gainStandardUncertainty)}${unit} a count`],
    [
      'Residual s.d.',
      `${twoDigits(fit.residualStandardDeviation)}${unit}, ${fit.degreesOfFreedom} degrees of freedom`,
    ],
    ['Integer error', `${twoDigits(fit.integerError, 'up')}${unit} at most`],
    ['Version', written ? String(written.version) : 'not written'],
    [
      'Read back',
      written ? (written.readBack === written.sha256 ? 'equal to what was sent' : 'NOT EQUAL') : '',
    ],
  ]);
  sheet.paragraph(
    '±: one standard uncertainty, from the scatter of the as-found readings about the line alone, to two significant digits; offset and gain are rounded to the same place (JCGM 100, 7.2.6). The integers are exact, and they are what the unit computes with.',
    styles.small,
  );
  if (written) sheet.paragraph(`Calibration file, SHA-256 ${written.sha256}`, styles.mono);
}
