import type { Params } from '../../../shared/contract/contract.ts';
import type { HostClient } from '../common/host.ts';
import { openFile } from '../common/openFile.ts';

type Format = Params<'certificates.read'>['format'];

export async function openCertificate(host: HostClient, number: string, format: Format): Promise<void> {
  openFile(await host.call('certificates.read', { number, format }), format);
}
