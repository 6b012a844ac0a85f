/** What a document says of itself. */
export interface DocumentFacts {
  title: string;
  author: string;
  subject: string;
  /** Plumbline's. */
  version: string;
  /** Host clock, ms since 1970. */
  at: number;
  landscape?: boolean;
  /** Carried within the document, for programs to read (PDF/A-3, ISO 19005-3 6.8). */
  files?: AttachedFile[];
}

export interface AttachedFile {
  name: string;
  /** Such as `text/csv`. */
  type: string;
  description: string;
  /** What it is to the pages: the same in another form, what they were made from, or the data behind them. */
  relationship: 'Alternative' | 'Source' | 'Data';
  bytes: Uint8Array;
}
