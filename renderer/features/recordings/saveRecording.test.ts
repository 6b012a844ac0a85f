import { describe, expect, it } from 'vitest';
import { fetchRecording } from './saveRecording.ts';

const whole = Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 11) % 256));
const pieceBytes = 300;

function door() {
  const asked: number[] = [];
  const call = async (_method: string, { at }: { at: number }) => {
    asked.push(at);
    const end = Math.min(at + pieceBytes, whole.length);
    const base64 = whole.subarray(at, end).toString('base64');
    return { name: 'week.csv', size: whole.length, base64, next: end === whole.length ? null : end };
  };
  return { host: { call } as unknown as Parameters<typeof fetchRecording>[0], asked };
}

describe('fetching a recording', () => {
  it('puts every piece together in order', async () => {
    const { host, asked } = door();
    const progress: number[] = [];
    const done = (bytes: number): unknown => progress.push(bytes);
    const file = await fetchRecording(host, 'r1', 'csv', done, new AbortController().signal);
    expect(file.name).toBe('week.csv');
    expect(Buffer.concat(file.pieces).equals(whole)).toBe(true);
    expect(progress).toEqual([300, 600, 900, 1000]);
    expect(asked).toEqual([0, 300, 600, 900]);
  });

  it('asks for no more once it is cancelled', async () => {
    const { host, asked } = door();
    const cancel = new AbortController();
    const fetching = fetchRecording(host, 'r1', 'csv', () => cancel.abort(), cancel.signal);
    await expect(fetching).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toEqual([0, 300]);
  });
});
