/** An element as plain data: a name with its prefix, attributes, and either text or children in order. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: string | readonly Element[];
}

/** What may be left out: an absent element is null, and falls away. */
export type Maybe = Element | null | readonly Maybe[];

export const element = (
  name: string,
  content: string | readonly Maybe[],
  attributes: Readonly<Record<string, string>> = {},
): Element => ({ name, attributes, content: typeof content === 'string' ? content : present(content) });

const present = (children: readonly Maybe[]): Element[] =>
  children.flatMap((child): Element[] => {
    if (child === null) return [];
    return isElement(child) ? [child] : present(child);
  });

const isElement = (child: Element | readonly Maybe[]): child is Element => !Array.isArray(child);

/** Controls that XML 1.0 cannot hold, however written (section 2.2), or had better not, become the replacement character. */
const holdable = (text: string): string =>
  text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser turns them into line feeds and spaces; as references they stay what they are.
  '\r': '&#13;',
  '\t': '&#9;',
};
const escapeText = (text: string): string =>
  holdable(text).replace(/[&<>\r]/g, (found) => entities[found] ?? found);
const escapeAttribute = (text: string): string =>
  holdable(text)
    .replace(/[&<>"\r\t]/g, (found) => entities[found] ?? found)
    .replaceAll('\n', '&#10;');

/** The document's text: UTF-8, two spaces a level; text content stands as it is, without a space around it. */
export const xmlText = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;

function written({ name, attributes, content }: Element, indent: string): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  const open = `${indent}<${name}${given.join('')}`;
  if (typeof content === 'string') return `${open}>${escapeText(content)}</${name}>\n`;
  if (content.length === 0) return `${open}/>\n`;
  const inner = content.map((child) => written(child, `${indent}  `)).join('');
  return `${open}>\n${inner}${indent}</${name}>\n`;
}
