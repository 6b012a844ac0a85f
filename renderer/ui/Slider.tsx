import { useEffect, useRef } from 'react';
import { Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Slider.module.css';

/**
 * A place on a scale of whole steps: arrow keys move by one step, Page Up and Page Down by a tenth, Home and End to the
 * ends. `valueText` says the place as readers hear it, with its unit.
 */
export function Slider(props: {
  /** For readers: the field beside it shows the name to all. */
  label: string;
  value: number;
  least: number;
  greatest: number;
  valueText: string;
  /** What stands at the two ends. */
  ends: readonly [string, string];
  /** The place that was kept, marked on the track; null where it is off the scale. */
  mark: number | null;
  onChange: (value: number) => void;
  isDisabled?: boolean;
}) {
  const { least, greatest, mark } = props;
  const input = useRef<HTMLInputElement>(null);
  // The component says its number of steps; people mean the value.
  useEffect(() => input.current?.setAttribute('aria-valuetext', props.valueText));
  const share = mark === null ? 0 : ((mark - least) / Math.max(1, greatest - least)) * 100;
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      aria-label={props.label}
      value={Math.min(greatest, Math.max(least, props.value))}
      minValue={least}
      maxValue={greatest}
      step={1}
      onChange={(value) => props.onChange(Array.isArray(value) ? (value[0] ?? least) : value)}
      isDisabled={props.isDisabled ?? false}
    >
      <SliderTrack className={styles.track ?? ''}>
        <svg className={styles.rail} width="100%" height="12" aria-hidden="true">
          <rect className={styles.ground} y="4" width="100%" height="4" rx="2" />
          {mark !== null && <rect className={styles.mark} x={`${share}%`} width="2" height="12" />}
        </svg>
        <SliderThumb className={styles.thumb ?? ''} inputRef={input} />
      </SliderTrack>
      <div className={styles.ends} aria-hidden="true">
        <span>{props.ends[0]}</span>
        <span>{props.ends[1]}</span>
      </div>
    </AriaSlider>
  );
}
