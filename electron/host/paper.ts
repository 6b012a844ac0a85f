import { join } from 'node:path';
import type { ReportOptions } from '../report/report.ts';
import type { HostOptions } from './options.ts';

/** What documents are set with. Installed, the fonts lie beside the program's archive, not where its sources have them. */
export const paperOf = ({
  resources,
}: Pick<HostOptions, 'resources'>): Pick<ReportOptions, 'fontsDirectory'> => ({
  fontsDirectory: join(resources, 'fonts'),
});
