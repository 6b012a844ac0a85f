import { stringify } from 'csv-stringify/sync';
import type { QueueEntry, QueueState } from '../../shared/contract/queue.ts';

export const sheetColumns = [
  'tag',
  'unit',
  'port',
  'result',
  'stage',
  'failure',
  'what happened',
  'unit was left',
  'what to do',
  'began',
  'seconds',
  'report SHA-256',
] as const;
type Row = Record<(typeof sheetColumns)[number], string>;

/** What became of each unit, one row each, in the order of the queue. Times in UTC. */
export const sheetRows = ({ entries }: QueueState): Row[] => entries.map(rowOf);

const passedBefore = 'It had passed this recipe before; nothing was repeated.';

function rowOf(entry: QueueEntry): Row {
  const { tag, unit, port, stage, verdict, failure, doneBefore, startedAt, endedAt, report } = entry;
  return {
    tag: tag ?? '',
    unit: unit ?? '',
    port: port.port,
    result: failure ? 'not completed' : (verdict ?? 'open'),
    stage,
    failure: failure?.code ?? '',
    'what happened': failure?.what ?? (doneBefore ? passedBefore : ''),
    'unit was left': failure?.deviceState ?? '',
    'what to do': failure?.next ?? '',
    began: startedAt === null ? '' : new Date(startedAt).toISOString(),
    seconds: startedAt === null || endedAt === null ? '' : ((endedAt - startedAt) / 1000).toFixed(1),
    'report SHA-256': report?.pdf.sha256 ?? '',
  };
}

/**
 * RFC 4180 with a byte-order mark, which spreadsheets need to take it for UTF-8. Text that a spreadsheet would run as
 * a formula gets an apostrophe in front (OWASP, CSV injection).
 */
export const sheetCsv = (queue: QueueState): string =>
  stringify(sheetRows(queue), {
    columns: [...sheetColumns],
    header: true,
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
