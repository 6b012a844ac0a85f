import type { Outcome } from '../../shared/report/record.ts';
import { ink } from './typesetter.ts';

/** Words of a verdict; `none` is a stage that was never begun. */
export const wordOf = { pass: 'Pass', fail: 'Fail', incomplete: 'Incomplete', none: 'Not done' } as const;
export type Mark = Outcome | 'none';

type Draw = (document: PDFKit.PDFDocument, size: number) => void;

/** Each verdict has its own outline, so that it is told apart in grey and by who sees no colours. */
const shapes: Record<Mark, Draw> = {
  pass: (document, size) => {
    document
      .circle(size / 2, size / 2, size / 2)
      .fillColor('#00613f')
      .fill();
    document
      .moveTo(size * 0.26, size * 0.52)
      .lineTo(size * 0.44, size * 0.7)
      .lineTo(size * 0.75, size * 0.32);
    document
      .lineWidth(size * 0.12)
      .strokeColor('#ffffff')
      .stroke();
  },
  fail: (document, size) => {
    document.rect(0, 0, size, size).fillColor('#a3201d').fill();
    document.moveTo(size * 0.26, size * 0.26).lineTo(size * 0.74, size * 0.74);
    document.moveTo(size * 0.74, size * 0.26).lineTo(size * 0.26, size * 0.74);
    document
      .lineWidth(size * 0.13)
      .strokeColor('#ffffff')
      .stroke();
  },
  incomplete: (document, size) => {
    const line = size * 0.1;
    document.polygon([size / 2, line], [size - line, size - line], [line, size - line]);
    document.lineWidth(line).strokeColor(ink).stroke();
  },
  none: (document, size) => {
    document.moveTo(size * 0.15, size / 2).lineTo(size * 0.85, size / 2);
    document
      .lineWidth(size * 0.1)
      .strokeColor(ink)
      .stroke();
  },
};

/** Draws the shape of a verdict in a square of `size` points. */
export function drawMark(document: PDFKit.PDFDocument, mark: Mark, x: number, y: number, size: number): void {
  document.save().translate(x, y);
  shapes[mark](document, size);
  document.restore();
}
