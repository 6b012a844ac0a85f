import { RequestError } from '../request.ts';
import { type Bounds, bounded, figure, type IntervalAnswer, percent } from './answer.ts';

export interface StaircaseRequest extends Bounds {
  interval: string;
  /** Largest |as-found error| of the last calibration, and the tolerance that it is compared with. */
  largestError: string;
  tolerance: string;
  /** Up to this share of the tolerance the interval is lengthened; 0.8, as the guide's example has it. */
  lengthenUpTo?: string | undefined;
  /** The guide leaves the steps open: 1.25 and 0.5 where left out. */
  lengthenBy?: string | undefined;
  shortenBy?: string | undefined;
}

/** ILAC-G24:2022 / OIML D 10:2022, method 1: automatic adjustment or staircase, by the last calibration alone. */
export function staircase(request: StaircaseRequest): IntervalAnswer {
  const { lengthenUpTo = '0.8', lengthenBy = '1.25', shortenBy = '0.5' } = request;
  const share = Math.abs(Number(request.largestError)) / Number(request.tolerance);
  if (Number(lengthenUpTo) > 1) throw new RequestError('lengthenUpTo', 'must not be above 1');
  if (Number(lengthenBy) < 1) throw new RequestError('lengthenBy', 'must not be below 1');
  if (Number(shortenBy) > 1) throw new RequestError('shortenBy', 'must not be above 1');
  const [factor, step] =
    share <= Number(lengthenUpTo)
      ? [Number(lengthenBy), `lengthened by ${lengthenBy}`]
      : share <= 1
        ? [1, 'kept']
        : [Number(shortenBy), `shortened by ${shortenBy}`];
  return {
    method: 'staircase',
    interval: figure(bounded(Number(request.interval) * factor, request)),
    calculatedInterval: figure(Number(request.interval) * factor),
    shareOfTolerance: figure(share),
    basis:
      `ILAC-G24:2022 / OIML D 10:2022, method 1 (staircase): the last calibration found at most ${percent(share)} ` +
      `of the tolerance; the interval is ${step}.`,
  };
}
