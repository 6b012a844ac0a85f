import { Failure } from '../../../shared/contract/failure.ts';

/** What a slot gets from the app, or what lies outside of slots; two names that differ by case are one on FAT. */
const reserved = new Set(['/main.py', '/boot.py', '/config.json', '/manifest.json', '/secret.json']);
const needed = '/plumbline/agent.py';

/** A bundle holds software for a slot and nothing else. BUNDLE_INVALID names the file that does not belong there. */
export function demandSlotFiles(files: readonly { path: string }[]): void {
  const stranger = files.find(({ path }) => {
    const folded = path.toLowerCase();
    return reserved.has(folded) || folded.endsWith('.pem') || !/^\/(?:plumbline|lib)\//.test(path);
  });
  if (stranger) {
    const detail = `${stranger.path} is no file of a slot's software, which lies in /plumbline and /lib`;
    throw new Failure('BUNDLE_INVALID', { detail });
  }
  if (!files.some(({ path }) => path === needed)) {
    throw new Failure('BUNDLE_INVALID', { detail: `${needed} is missing: there would be nothing to start` });
  }
}
