import { expect, it } from 'vitest';
import { summaryLines } from './run-summary.ts';

it('shows figures one place finer than the quantum, and a rule that did not clear', () => {
  const lines = summaryLines(
    {
      verdict: 'pass',
      unit: 'e66058388367a12c',
      seconds: 12.5,
      files: [{ path: 'job.plumb', sha256: 'ab', size: 1 }],
      signer: '0123456789abcdef'.repeat(4),
      certificate: null,
      calibration: { asFound: ['1.196416666666667', '-0.95406666667', '0.60250'], asLeft: ['0.5'] },
      rules: [{ id: 'hot', sentence: '', fired: true, cleared: false, accepted: false }],
    },
    { quantum: '0.001', unit: 'degC' },
  );
  expect(lines).toEqual([
    'PASS: unit e66058388367a12c, 12.5 s',
    'as found: 1.1964, -0.9541, 0.6025 °C',
    'as left:  0.5000 °C',
    'rule hot: fired, did not clear, not accepted',
    'job.plumb  sha256 ab',
    `signer ${'01234567 89abcdef '.repeat(4).trim()}`,
  ]);
});
