import { expect, test } from 'vitest';
import type { DataFault } from '../../shared/contract/recordings.ts';
import { faultWords, lengthOf } from './lab-words.ts';

test.each([
  [0, '0.0 s'],
  [40, '0.0 s'],
  [999, '1.0 s'],
  [119_960, '120.0 s'],
  [120_000, '2 min'],
  [7_199_000, '120 min'],
  [7_200_000, '2 h'],
  [172_800_000, '2 d'],
  [604_800_000, '7 d'],
  [-1500, '-1.5 s'],
])('%i ms is %s', (ms, text) => expect(lengthOf(ms).replace('\u00a0', ' ')).toBe(text));

const channels = [{ id: 't1', title: 'Temperature', unit: 'degC', quantum: '0.001' }];
const during = { input: 't1', from: 1000, to: 3_600_000 };
const faults: [DataFault, string][] = [
  [{ kind: 'spike', input: 't1', at: 500, height: '-5.5' }, 'spike of -5.5 °C on t1 at 0.5 s'],
  [{ kind: 'stuck', ...during }, 'stuck on t1 from 1.0 s to 60 min'],
  [{ kind: 'dropout', ...during, how: 'bad' }, 'bad values on t1 from 1.0 s to 60 min'],
  [{ kind: 'dropout', ...during, how: 'silent' }, 'silence on t1 from 1.0 s to 60 min'],
  [{ kind: 'drift', ...during, perHour: '2' }, 'drift of 2 °C an hour on t1 from 1.0 s to 60 min'],
  [{ kind: 'noise', ...during, amplitude: '0.1' }, 'noise of ± 0.1 °C on t1 from 1.0 s to 60 min'],
  [{ kind: 'clock', at: 60_000, ms: -3000 }, 'clock steps by -3000 ms at 60.0 s'],
  [{ kind: 'spike', input: 'x9', at: 0, height: '1' }, 'spike of 1 on x9 at 0.0 s'],
];
test.each(faults)('%j', (fault, words) =>
  expect(faultWords(fault, channels).replaceAll('\u00a0', ' ')).toBe(words),
);
