import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { pageFile, pageHeaders } from '../host/page.ts';
import { pageOrigin } from './agreed.ts';

/** Must be called before the app is ready. No privilege beyond what the page needs; never bypassCSP. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built page in `folder` under app://app/. */
export function servePage(folder: string): void {
  protocol.handle('app', (request) => answerPage(folder, request));
}

export async function answerPage(
  folder: string,
  request: { method: string; url: string },
): Promise<Response> {
  const headers = pageHeaders();
  const plain = (status: number): Response => new Response(null, { status, headers });
  if (request.method !== 'GET') return plain(405);
  // The URL's own text: URL() would quietly resolve `..` and turn backslashes round before the guard sees them.
  const path = request.url.startsWith(`${pageOrigin}/`) ? request.url.slice(pageOrigin.length) : null;
  const file = path === null ? null : pageFile(folder, path.replace(/[?#].*$/s, ''));
  if (file === null) return plain(404);
  try {
    const bytes = await readFile(file.path);
    return new Response(bytes, { headers: { ...headers, 'content-type': file.type } });
  } catch {
    // Not there or not readable: to the page both are a missing file.
    return plain(404);
  }
}
