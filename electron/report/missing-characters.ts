import { codeOf } from './fonts.ts';

/** A character that was printed as its code is named, so that nobody takes the code for what was written. */
export const missingWords = (missing: readonly string[]): string[] =>
  missing.length === 0
    ? []
    : [
        `Characters that no font of this program has are printed as their Unicode numbers: ${missing.map(codeOf).join(' ')}. They stand as they were written in the record that is issued with this document.`,
      ];
