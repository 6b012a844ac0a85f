import type { CertificateRecord } from '../../../shared/report/certificate/certificate.ts';
import { stationsOf } from '../../../shared/wizard/stations.ts';

const columns = [
  'run',
  'result',
  'nominal',
  'direction',
  'cycle',
  'time',
  'reference',
  'correction',
  'unit',
  'raw',
  'stable',
];

/** Every reading as it was taken, a line each; decimals as they came from the instruments. UTF-8, RFC 4180. */
export function readingsCsv({ results, method }: CertificateRecord): string {
  const stations = stationsOf(method);
  const lines = (['asFound', 'asLeft'] as const).flatMap((key) =>
    (results[key]?.results ?? []).flatMap((result, index) =>
      result.readings.map((reading) =>
        [
          key === 'asFound' ? 'as-found' : 'as-left',
          index + 1,
          result.nominal,
          stations[index]?.direction ?? '',
          stations[index]?.cycle ?? '',
          new Date(reading.at).toISOString(),
          reading.reference,
          result.correction,
          reading.unit,
          reading.raw,
          result.stability.stable ? 'yes' : 'no',
        ].join(','),
      ),
    ),
  );
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}
