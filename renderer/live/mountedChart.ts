import type { ChartProps } from './chartProps.ts';
import { figureFormat } from './figureFormat.ts';
import { everyFrame } from './loop.ts';
import { placesOfStep } from './range.ts';
import { ChartView } from './view.ts';

/** What of a chart cannot be changed once it is drawn. */
export type ChartFrame = Pick<
  ChartProps,
  'ring' | 'valueTitle' | 'places' | 'language' | 'windowSeconds' | 'leastSpan' | 'height'
> & { columns: readonly number[]; timeTitle: string; signed: boolean };

/** A chart in its element: drawn at every frame while it is in sight, as wide as the element, zoomed by the wheel. */
export function mountChart(
  element: HTMLElement,
  frame: ChartFrame,
): { chart: ChartView; unmount: () => void } {
  const chart = chartIn(element, frame);
  const sizes = new ResizeObserver(() => chart.resize(element.clientWidth));
  sizes.observe(element);
  const visible = watchVisibility(element);
  const stop = everyFrame(() => {
    if (visible.now) chart.draw();
  });
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && document.activeElement !== element) return;
    event.preventDefault();
    chart.zoom(event.deltaY > 0 ? 1.25 : 0.8);
  };
  element.addEventListener('wheel', wheel, { passive: false });
  const unmount = () => {
    stop();
    sizes.disconnect();
    visible.stop();
    element.removeEventListener('wheel', wheel);
    chart.destroy();
  };
  return { chart, unmount };
}

function chartIn(element: HTMLElement, frame: ChartFrame): ChartView {
  const { ring, columns, timeTitle, valueTitle, places, language, leastSpan, height } = frame;
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const options = {
    ring,
    columns,
    timeTitle,
    valueTitle,
    clock: (time: number) => clock.format(time),
    figure: figureFormat(language, places, frame.signed),
    tick: (value: number, step: number) => figureFormat(language, placesOfStep(step), false)(value),
    endWidth: 22 + 8 * (places + 5),
    leastSpan,
    height,
  };
  return new ChartView(element, options, frame.windowSeconds * 1000);
}

/** A chart that is scrolled out of sight is not drawn. */
function watchVisibility(element: Element): { readonly now: boolean; stop: () => void } {
  const state = { now: true, stop: () => observer.disconnect() };
  const observer = new IntersectionObserver((entries) => {
    state.now = entries.some((entry) => entry.isIntersecting);
  });
  observer.observe(element);
  return state;
}
