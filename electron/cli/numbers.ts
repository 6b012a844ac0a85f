import { InvalidArgumentError } from 'commander';

/** A parser for an option that is a number within limits, whole numbers only unless said otherwise. */
export function numberBetween(least: number, most: number, whole = true): (text: string) => number {
  return (text) => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`It must be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`);
  };
}
