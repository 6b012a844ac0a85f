import type { JobRecord } from '../../shared/report/record.ts';
import { adjustment } from './sections/adjustment.ts';
import { calibration } from './sections/calibration.ts';
import { closing } from './sections/closing.ts';
import { head } from './sections/head.ts';
import { provisioning } from './sections/provisioning.ts';
import { readings } from './sections/readings.ts';
import { ruleCoverage } from './sections/rule-coverage.ts';
import { ruleTests } from './sections/rule-tests.ts';
import { comparison, rules } from './sections/rules.ts';
import type { Sheet } from './sheet.ts';

/** The report from top to bottom. A new section is one function and one line here. */
export const sections: readonly ((sheet: Sheet, record: JobRecord) => void)[] = [
  head,
  calibration,
  adjustment,
  readings,
  provisioning,
  rules,
  ruleCoverage,
  ruleTests,
  comparison,
  closing,
];
