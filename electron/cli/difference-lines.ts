import type { DifferenceLine } from '../../shared/contract/configuration.ts';

/** Lines for people: what differs, where, and what the factory has there. */
export const differenceLines = (lines: readonly DifferenceLine[]): string[] =>
  lines.map(({ file, path, factory, asFound, toBe }) => {
    const change = `${value(asFound)} -> ${value(toBe)}`;
    return `  ${plain(file)} ${plain(path)}: ${change}${factory === null ? '' : `  (factory ${value(factory)})`}`;
  });

const value = (text: string | null): string => (text === null ? 'not there' : plain(text));

/** A unit's text must not steer the terminal, nor turn the order of what follows. */
const plain = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`,
  );
