import type { DocumentFacts } from './document-facts.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text in XML 1.0, which has no place for most control characters. */
const xml = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ').replaceAll(/[&<>]/g, (character) => escapes[character] ?? '');

/**
 * What the document says of itself, as XMP: the same as its information dictionary (ISO 19005-3, 6.6). pdfkit 0.20.2
 * writes it too, but lets `&` and `<` of a name through and leaves the date of change out.
 */
function descriptionsOf({ title, author, subject, version, at }: DocumentFacts): string {
  const moment = `${new Date(at).toISOString().slice(0, 19)}Z`;
  return `
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
  <xmp:CreateDate>${moment}</xmp:CreateDate>
  <xmp:ModifyDate>${moment}</xmp:ModifyDate>
  <xmp:CreatorTool>Plumbline ${xml(version)}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xml(title)}</rdf:li></rdf:Alt></dc:title>
  <dc:creator><rdf:Seq><rdf:li>${xml(author)}</rdf:li></rdf:Seq></dc:creator>
  <dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xml(subject)}</rdf:li></rdf:Alt></dc:description>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
  <pdf:Producer>pdfkit</pdf:Producer>
</rdf:Description>`;
}

/** pdfkit's own writer of the description, and the one thing that is asked of it. */
interface Described {
  _addInfo(): void;
  appendXML(xml: string): void;
}

export function describeDocument(document: PDFKit.PDFDocument, facts: DocumentFacts): void {
  const described = document as unknown as Described;
  described._addInfo = () => described.appendXML(descriptionsOf(facts));
}
