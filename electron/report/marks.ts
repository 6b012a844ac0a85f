import type { PointVerdict } from '../../shared/contract/evaluation.ts';
import type { Outcome } from '../../shared/report/record.ts';
import { ink } from './typesetter.ts';

/** Words of a verdict; `none` is a stage that was never begun. */
export const wordOf = {
  pass: 'Pass',
  fail: 'Fail',
  incomplete: 'Incomplete',
  none: 'Not done',
  'conditional-pass': 'Conditional pass',
  'conditional-fail': 'Conditional fail',
} as const satisfies Record<Mark, string>;
export type Mark = Outcome | PointVerdict | 'none';

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
  'conditional-pass': (document, size) => {
    document
      .circle(size / 2, size / 2, size * 0.45)
      .lineWidth(size * 0.1)
      .strokeColor('#00613f')
      .stroke();
    document
      .moveTo(size * 0.26, size * 0.52)
      .lineTo(size * 0.44, size * 0.7)
      .lineTo(size * 0.75, size * 0.32)
      .lineWidth(size * 0.12)
      .stroke();
  },
  'conditional-fail': (document, size) => {
    const line = size * 0.1;
    document
      .rect(line / 2, line / 2, size - line, size - line)
      .lineWidth(line)
      .strokeColor('#a3201d')
      .stroke();
    document.moveTo(size * 0.28, size * 0.28).lineTo(size * 0.72, size * 0.72);
    document.moveTo(size * 0.72, size * 0.28).lineTo(size * 0.28, size * 0.72);
    document.lineWidth(size * 0.12).stroke();
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
