import { describe, expect, it } from 'vitest';
import {
  columnsIn,
  drawEnvelope,
  drawMiddle,
  drawTrace,
  type Pen,
  traceAt,
  traceExtent,
  traceGaps,
} from './recordingTrace.ts';

const trace = {
  times: [0, 10, 20, 30, 40, 50],
  low: [1, 2, null, 5, 5, null],
  high: [1, 8, null, 5, 6, null],
};

function strokes(from: number, to: number): string[] {
  const drawn: string[] = [];
  const pen: Pen = {
    moveTo: (x, y) => drawn.push(`M${x},${y}`),
    lineTo: (x, y) => drawn.push(`L${x},${y}`),
  };
  drawTrace(
    pen,
    trace,
    columnsIn(trace, from, to),
    (t) => t,
    (v) => v,
  );
  return drawn;
}

describe('a recorded line', () => {
  it('goes through lowest and highest of each column and breaks at a gap', () =>
    expect(strokes(0, 50)).toEqual(['M0,1', 'L10,2', 'L10,8', 'M30,5', 'L40,5', 'L40,6']));

  it('goes on over the edges of the span', () => {
    expect(columnsIn(trace, 12, 28)).toEqual([1, 4]);
    expect(columnsIn(trace, 30, 30)).toEqual([2, 4]);
    expect(columnsIn(trace, -5, 500)).toEqual([0, 6]);
  });

  it('shows a column that stands alone', () => {
    const alone = { times: [0, 1, 2], low: [null, 3, null], high: [null, 3, null] };
    const drawn: string[] = [];
    const pen = { moveTo: () => drawn.push('M'), lineTo: (x: number) => drawn.push(`L${x}`) };
    drawTrace(
      pen,
      alone,
      [0, 3],
      (t) => t,
      (v) => v,
    );
    expect(drawn).toEqual(['M', 'L2']);
  });

  it('joins a falling column from its higher end', () => {
    const drawn: number[] = [];
    const pen = {
      moveTo: (_: number, y: number) => drawn.push(y),
      lineTo: (_: number, y: number) => drawn.push(y),
    };
    drawTrace(
      pen,
      { times: [0, 1], low: [9, 1], high: [9, 8] },
      [0, 2],
      (t) => t,
      (v) => v,
    );
    expect(drawn).toEqual([9, 8, 1]);
  });

  it('is dashed along its middle, with its extremes as an area', () => {
    const drawn: string[] = [];
    const pen = {
      moveTo: (x: number, y: number) => drawn.push(`M${x},${y}`),
      lineTo: (x: number, y: number) => drawn.push(`L${x},${y}`),
    };
    const same = (n: number): number => n;
    drawMiddle(pen, trace, [0, 6], same, same);
    expect(drawn.splice(0)).toEqual(['M0,1', 'L10,5', 'M30,5', 'L40,5.5']);
    drawEnvelope(pen, trace, [0, 6], same, same);
    expect(drawn.join(' ')).toBe('M0,1 L10,8 L10,2 L0,1 M30,5 L40,6 L40,5 L30,5');
  });

  it('knows its extremes, gaps and values', () => {
    expect(traceExtent(trace, 0, 50)).toEqual([1, 8]);
    expect(traceExtent({ times: [], low: [], high: [] }, 0, 1)).toEqual([Infinity, -Infinity]);
    expect(traceGaps(trace, 0, 50)).toEqual([20, 50]);
    expect(traceGaps(trace, 0, 49)).toEqual([20]);
    expect(traceAt(trace, 8)).toEqual([2, 8]);
    expect(traceAt(trace, 21)).toBeNull();
    expect(traceAt(trace, 31)).toEqual([5, 5]);
  });
});
