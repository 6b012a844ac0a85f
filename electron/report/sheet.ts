import { grey, ink, type Style, type Typesetter } from './typesetter.ts';

export type Element = PDFKit.PDFStructureElement;

export const styles = {
  title: { face: 'strong', size: 22 },
  heading: { face: 'strong', size: 13 },
  subheading: { face: 'strong', size: 10 },
  body: { face: 'text', size: 9.5 },
  strong: { face: 'strong', size: 9.5 },
  small: { face: 'text', size: 8, colour: grey },
  cell: { face: 'text', size: 8.5 },
  strongCell: { face: 'strong', size: 8.5 },
  cellHead: { face: 'strong', size: 8 },
  hash: { face: 'mono', size: 6.6 },
  mono: { face: 'mono', size: 7.2 },
} as const satisfies Record<string, Style>;

const side = 51;
/** Leaves room for the running head. */
const top = 62;
const bottom = 60;
/** What a heading takes itself: space before, line, rule and space after. */
export const headingHeight = 38;
const subheadingHeight = 21;
const afterParagraph = 3;

/** The paper: a cursor that runs down, new pages, and the tags that tell a screen reader what is what. */
export class Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly type: Typesetter;
  readonly left = side;
  y = top;
  private readonly root: Element;
  private section: Element;

  constructor(document: PDFKit.PDFDocument, type: Typesetter) {
    this.document = document;
    this.type = type;
    this.root = document.struct('Document');
    this.section = document.struct('Sect');
    document.addStructure(this.root);
    this.root.add(this.section);
    document.addPage();
  }

  get width(): number {
    return this.document.page.width - 2 * side;
  }
  get right(): number {
    return this.left + this.width;
  }
  private get end(): number {
    return this.document.page.height - bottom;
  }
  /** Height of an empty page. */
  get fullHeight(): number {
    return this.end - top;
  }
  get roomLeft(): number {
    return this.end - this.y;
  }

  /** Starts a new page where `height` does not fit on this one; says whether it did. */
  room(height: number): boolean {
    if (height <= this.roomLeft || this.y === top) return false;
    this.document.addPage();
    this.y = top;
    return true;
  }

  beginSection(): void {
    this.section = this.document.struct('Sect');
    this.root.add(this.section);
  }

  /** A structure element that holds others: a table, a row. */
  group(tag: string, parent: Element = this.section): Element {
    const element = this.document.struct(tag);
    parent.add(element);
    return element;
  }

  /** Real content. `draw` must stay on this page. */
  tag(
    tag: string,
    draw: () => void,
    options: { parent?: Element; alt?: string; scope?: 'Column' } = {},
  ): void {
    const { parent = this.section, ...more } = options;
    const element = this.document.struct(tag, more as PDFKit.Mixins.StructureElementOptions);
    parent.add(element);
    element.add(this.document.markStructureContent(tag));
    draw();
    this.document.endMarkedContent();
    element.end();
  }

  /** Lines and shades that mean nothing by themselves. */
  decorate(draw: () => void): void {
    this.document.markContent('Artifact', { type: 'Layout' });
    draw();
    this.document.endMarkedContent();
  }

  rule(y: number, weight = 0.5, colour = grey): void {
    this.decorate(() => {
      this.document.moveTo(this.left, y).lineTo(this.right, y).lineWidth(weight).strokeColor(colour).stroke();
    });
  }

  /** `keep`: height that must follow on the same page. */
  heading(text: string, keep = 60): void {
    this.beginSection();
    this.room(headingHeight + keep);
    if (this.y > top) this.y += 14;
    this.tag('H2', () => this.type.line(text, this.left, this.y, styles.heading));
    this.y += 18;
    this.rule(this.y, 0.8, ink);
    this.y += 6;
  }

  subheading(text: string, keep = 50): void {
    this.room(subheadingHeight + keep);
    this.y += 6;
    this.tag('H3', () => this.type.line(text, this.left, this.y, styles.subheading));
    this.y += 15;
  }

  /** Height of a paragraph that is not torn. */
  paragraphHeight(text: string, style: Style = styles.body): number {
    return this.type.break(text, style, this.width).length * this.type.lineHeight(style) + afterParagraph;
  }

  /** A paragraph over the full width; it may run on to the next page, with two lines at least on either. */
  paragraph(text: string, style: Style = styles.body): void {
    const lines = this.type.break(text, style, this.width);
    const step = this.type.lineHeight(style);
    let rest = lines;
    while (rest.length > 0) {
      // Three lines cannot be torn into two and two.
      this.room(step * Math.min(rest.length === 3 ? 3 : 2, rest.length));
      const fits = Math.max(1, Math.floor(this.roomLeft / step));
      const here = rest.slice(0, rest.length - fits === 1 ? fits - 1 : fits);
      rest = rest.slice(here.length);
      this.tag('P', () => {
        for (const line of here) {
          this.type.line(line, this.left, this.y, style);
          this.y += step;
        }
      });
    }
    this.y += afterParagraph;
  }
}
