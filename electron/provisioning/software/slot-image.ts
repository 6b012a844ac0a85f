import { Failure } from '../../../shared/contract/failure.ts';
import type { SoftwareFacts } from '../../../shared/contract/software.ts';
import type { SlotFile, SlotImage, UnitFile } from '../../drivers/driver.ts';
import { canonical } from '../../store/canonical-json.ts';
import { unitFile } from '../files.ts';

export interface SlotContent {
  facts: Pick<SoftwareFacts, 'product' | 'version' | 'securityCounter'>;
  files: readonly SlotFile[];
  trampoline: UnitFile;
  data: readonly UnitFile[];
}

/** A file of a slot whose bytes are sent. */
export const slotFile = ({ path, bytes, sha256 }: UnitFile): SlotFile => ({
  path,
  bytes,
  sha256,
  size: bytes.length,
});

/** Everything that is started together; the manifest names every file of it but itself. */
export function imageOf({ facts, files, trampoline, data }: SlotContent): SlotImage {
  const inOrder = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const twice = inOrder.find(
    ({ path }, index) => path.toLowerCase() === inOrder[index - 1]?.path.toLowerCase(),
  );
  if (twice) throw new Failure('INTERNAL', { detail: `${twice.path} is twice in one slot` });
  const text = canonical({
    v: 1,
    product: facts.product,
    version: facts.version,
    counter: facts.securityCounter,
    files: inOrder.map(({ path, size, sha256 }) => [path, size, sha256]),
  });
  return { files: inOrder, manifest: unitFile('/manifest.json', Buffer.from(text)), trampoline, data };
}

/** The software with what it is started with: its configuration, its secrets, what the unit keeps beside the slots. */
export function slotImage(
  software: { facts: SoftwareFacts; files: readonly UnitFile[]; trampoline: UnitFile },
  given: { files: readonly SlotFile[]; data: readonly UnitFile[] },
): SlotImage {
  const { facts, trampoline } = software;
  return imageOf({
    facts,
    trampoline,
    files: [...software.files.map(slotFile), ...given.files],
    data: given.data,
  });
}
