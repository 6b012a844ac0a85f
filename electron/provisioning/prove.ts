import type { ProofLine, SlotName } from '../../shared/contract/provision.ts';
import type { AgentHello, PushedFile, SlotImage } from '../drivers/driver.ts';

/** A slot that the next start takes, with the image that it holds. */
export interface Staged {
  slot: SlotName;
  image: SlotImage;
  files: PushedFile[];
}

/** Every file of the image by its path on the unit, with the hash that it must have. */
export function pathsOf(image: SlotImage, slot: SlotName): { path: string; sha256: string }[] {
  return [
    ...image.files.map(({ path, sha256 }) => ({ path: `/${slot}${path}`, sha256 })),
    ...image.data.map(({ path, sha256 }) => ({ path, sha256 })),
    { path: image.trampoline.path, sha256: image.trampoline.sha256 },
  ];
}

/** What was pushed beside what the unit hashed before it loaded it. */
export function prove(
  expected: readonly { path: string; sha256: string }[],
  hello: Pick<AgentHello, 'files'>,
): ProofLine[] {
  return expected.map(({ path, sha256 }) => {
    const running = hello.files[path] ?? null;
    return { path, pushed: sha256, running, equal: running === sha256 };
  });
}
