import uPlot from 'uplot';
import { RecordingView } from './recordingView.ts';

// Runs in the browser, for test/bench/chart.ts: the same picture drawn by the chart of a recording and by uPlot as it comes.

const columns = 1000;
const channels = 10;
const alarms = 2000;
const stepMs = 10_000;
const span = { from: 0, to: columns * stepMs };

const traces = Array.from({ length: channels }, (_, channel) => {
  const middle = Array.from({ length: columns }, (_each, i) => 20 + 5 * Math.sin(i / 40 + channel) + channel);
  return {
    id: `c${channel}`,
    title: `Channel ${channel}`,
    unit: 'degC',
    quantum: '0.01',
    times: middle.map((_value, i) => (i + 0.5) * stepMs),
    low: middle.map((value, i) => value - 0.2 - (i % 7) / 20),
    high: middle.map((value, i) => value + 0.2 + (i % 5) / 20),
  };
});
const lane = {
  id: 'hot',
  label: 'Too hot',
  shaded: true,
  alarms: Array.from({ length: alarms }, (_, i) => ({ from: i * 5000, until: i * 5000 + 1500 })),
};

const lane2 = { ...lane, id: 'stuck', label: 'Stuck', shaded: false };
const thresholds = (value: number) => [{ value, label: `above ${value} °C`, channel: 'c0' }];
const element = document.createElement('div');
document.body.append(element);
document.documentElement.dataset.theme = 'light';

function makeView(): RecordingView {
  const frame = {
    clock: { from: span.from, dated: false },
    to: span.to,
    channels: traces.map(({ id }) => id),
    height: 400,
    language: 'en',
    timeTitle: 'Time',
  };
  const nothing = (): void => undefined;
  return new RecordingView(
    element,
    frame,
    { ...span, traces },
    {
      onSpan: nothing,
      onPoint: nothing,
      onInstant: nothing,
    },
  );
}

function makePlain(): uPlot {
  const times = traces[0]?.times.flatMap((t) => [t, t + 1]) ?? [];
  const values = traces.map(({ low, high }) => low.flatMap((value, i) => [value, high[i] ?? value]));
  const options = {
    width: element.clientWidth,
    height: 400,
    scales: { x: { time: false } },
    series: [{}, ...traces.map(() => ({ stroke: 'black', width: 2, points: { show: false } }))],
  };
  return new uPlot(options, [times, ...values], element);
}

/** A pixel is read back, so that the drawing is over and not only ordered. */
async function settled(): Promise<void> {
  await Promise.resolve();
  for (const canvas of element.querySelectorAll('canvas')) canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
}

async function median(times: number, work: (turn: number) => void): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const started = performance.now();
    work(turn);
    await settled();
    taken.push(performance.now() - started);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
}

/** ms of one drawing of the whole picture, of a repaint as at each touch of a slider, and of uPlot as it comes. */
export async function measure(turns: number): Promise<{ draw: number; repaint: number; plain: number }> {
  const view = makeView();
  const whole = { ...span, traces };
  const draw = await median(turns, () => view.setPlots({ ...whole }, null));
  const overlay = (turn: number) => ({
    lanes: [lane, lane2],
    thresholds: thresholds(24 + (turn % 10) / 10),
    marks: [],
    instant: 5_000_000,
  });
  view.setOverlay(overlay(0));
  await settled();
  const repaint = await median(turns, (turn) => view.setOverlay(overlay(turn)));
  view.destroy();
  const plot = makePlain();
  await settled();
  const plain = await median(turns, () => plot.redraw());
  plot.destroy();
  return { draw, repaint, plain };
}

Reflect.set(window, 'measureChart', measure);
