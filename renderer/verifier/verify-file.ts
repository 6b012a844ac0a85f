import { type DossierVerdict, type VerifiedPart, verifying } from '../../shared/dossier/dossier.ts';

/** The page draws and answers in between. */
const sliceMs = 40;

/**
 * Verifies in slices, so that the page stays alive; `progress` hears how many parts are done. The parts are those that
 * were verified, all of them where the verdict says so.
 */
export async function verifyFile(
  bytes: Uint8Array,
  signer: string | undefined,
  progress: (done: number) => void,
): Promise<{ verdict: DossierVerdict; parts: VerifiedPart[] }> {
  const steps = verifying(bytes, { signer });
  const parts: VerifiedPart[] = [];
  let began = performance.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { verdict: step.value, parts };
    parts.push(step.value);
    if (performance.now() - began < sliceMs) continue;
    progress(parts.length);
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
}
