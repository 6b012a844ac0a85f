import { describe, expect, it } from 'vitest';
import { PlotLoader } from './plotLoader.ts';
import type { RecordedPlot } from './recordingChartProps.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function host() {
  const asked: {
    from: number | null;
    answer: (plot: RecordedPlot) => void;
    fail: (thrown: unknown) => void;
  }[] = [];
  const plot = (from: number | null): Promise<RecordedPlot> =>
    new Promise((answer, fail) => asked.push({ from, answer, fail }));
  return { asked, plot };
}
const picture = (from: number): RecordedPlot => ({ from, to: from + 1, traces: [] });

describe('asking for pictures', () => {
  it('asks for the newest next, and for one at a time', async () => {
    const { asked, plot } = host();
    const taken: [number, boolean][] = [];
    const loader = new PlotLoader(plot, ({ from }, whole) => taken.push([from, whole]), String);
    loader.want(null, 100);
    loader.want({ from: 1, to: 2 }, 100);
    loader.want({ from: 3, to: 4 }, 100);
    expect(asked.length).toBe(1);
    asked[0]?.answer(picture(0));
    await settle();
    expect(asked.map(({ from }) => from)).toEqual([null, 3]);
    asked[1]?.answer(picture(3));
    await settle();
    expect(taken).toEqual([
      [0, true],
      [3, false],
    ]);
  });

  it('tells of a failure and goes on; says nothing once closed', async () => {
    const { asked, plot } = host();
    const said: unknown[] = [];
    const loader = new PlotLoader(
      plot,
      ({ from }) => said.push(from),
      (thrown) => said.push(thrown),
    );
    loader.want(null, 100);
    asked[0]?.fail('gone');
    await settle();
    loader.want({ from: 5, to: 6 }, 100);
    loader.want({ from: 7, to: 8 }, 100);
    loader.close();
    asked[1]?.answer(picture(5));
    await settle();
    expect(said).toEqual(['gone']);
    expect(asked.length).toBe(2);
  });
});
