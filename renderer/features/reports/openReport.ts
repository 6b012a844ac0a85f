import type { HostClient } from '../common/host.ts';

/** Long enough for a viewer to have read it; then the memory is given back. */
const KEEP_MS = 60_000;

/** A PDF opens in a tab of its own; where the window allows none, and for data, it is saved under its name. */
export async function openReport(host: HostClient, id: string, format: 'pdf' | 'json'): Promise<void> {
  const { name, base64 } = await host.call('report.read', { id, format });
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const type = format === 'pdf' ? 'application/pdf' : 'application/json';
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const opened = format === 'pdf' ? window.open(url) : null;
  if (opened === null) save(url, name);
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
