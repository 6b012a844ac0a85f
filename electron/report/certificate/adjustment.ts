import type { CertificateRecord } from '../../../shared/report/certificate/certificate.ts';
import { inUnit, twoDigits, withUncertainty } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';

const modelNames = {
  offset: 'Offset alone',
  line: 'Straight line',
  'polynomial-2': 'Polynomial of degree 2',
  'polynomial-3': 'Polynomial of degree 3',
} as const;

/** What was written to the unit between as found and as left. */
export function adjustment(sheet: Sheet, { adjustment: done, item }: CertificateRecord): void {
  sheet.heading('Adjustment', 60);
  if (done === null) {
    sheet.paragraph('None: nothing was written to the unit.');
    return;
  }
  const { fit, written } = done;
  const unit = inUnit('', item.channel.unit);
  sheet.paragraph(
    `${modelNames[fit.model]} through the as-found points, value = offset + gain × ADC count; on the unit as integers, value in steps of ${item.channel.quantum}${unit} = (count × ${fit.mul} ${fit.add < 0 ? '-' : '+'} ${Math.abs(fit.add)}) / 2^${fit.shift}, rounded down.`,
  );
  drawFacts(sheet, [
    ['Offset', `${withUncertainty(fit.offset, fit.offsetStandardUncertainty)}${unit}`],
    ['Gain', `${withUncertainty(fit.gain, fit.gainStandardUncertainty)}${unit} a count`],
    [
      'Residual s.d.',
      `${twoDigits(fit.residualStandardDeviation)}${unit}, ${fit.degreesOfFreedom} degrees of freedom`,
    ],
    ['Integer error', `${twoDigits(fit.integerError, 'up')}${unit} at most`],
    ['Version', String(written.version)],
    ['Read back', written.readBack === written.sha256 ? 'equal to what was sent' : 'NOT EQUAL'],
  ]);
  if (fit.compared.length > 0) drawCompared(sheet, fit.compared, item.channel.unit);
  sheet.paragraph('±: one standard uncertainty, from the scatter about the line alone.', styles.small);
  sheet.paragraph(`Calibration file, SHA-256 ${written.sha256}`, styles.mono);
}

type Compared = NonNullable<CertificateRecord['adjustment']>['fit']['compared'];

/** The models that were laid side by side. */
function drawCompared(sheet: Sheet, compared: Compared, unit: string): void {
  drawTable(sheet, {
    columns: [
      { head: 'Model' },
      { head: inUnit('Residual s.d.', unit), align: 'right', width: 80 },
      { head: inUnit('Largest', unit), align: 'right', width: 70 },
      { head: 'Lack of fit, p', align: 'right', width: 70 },
      { head: 'Used', width: 40 },
    ],
    rows: compared.map((model) => [
      modelNames[model.model],
      twoDigits(model.residualStandardDeviation),
      twoDigits(model.largestResidual),
      model.lackOfFit === null ? '–' : twoDigits(model.lackOfFit.p),
      model.chosen ? 'yes' : 'no',
    ]),
  });
}
