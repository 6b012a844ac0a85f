import type { HostClient } from '../common/host.ts';
import { openFile } from '../common/openFile.ts';

export async function openReport(host: HostClient, id: string, format: 'pdf' | 'json'): Promise<void> {
  openFile(await host.call('report.read', { id, format }), format);
}
