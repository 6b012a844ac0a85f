/** An element with its children. All text goes in as text: what a dossier says is never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** Terms and what they stand for. */
export const list = (lines: readonly (readonly [string, string])[]): HTMLElement =>
  element('dl', {}, ...lines.flatMap(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]));

/** Hands bytes out as a file; never opened in the page. */
export function save(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([Uint8Array.from(bytes)], { type: 'application/octet-stream' }));
  element('a', { href: url, download: name }).click();
  // The browser has the bytes by then; a minute is for those that ask where to put them first.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
