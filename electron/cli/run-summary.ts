import { Failure } from '../../shared/contract/failure.ts';
import type { RunState, WizardKind, WizardState } from '../../shared/contract/job.ts';
import type { ProfileChannel } from '../../shared/contract/profile.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import { decimalPlaces, roundDecimal, unitSymbol } from '../../shared/units/units.ts';
import { coverageNow } from '../../shared/wizard/validate.ts';
import type { Host } from '../host/host.ts';
import { fingerprintLine, type PlacedDossier } from './dossier-file.ts';
import type { PlacedFile } from './folder.ts';

interface RuleSummary {
  id: string;
  sentence: string;
  fired: boolean;
  cleared: boolean;
  /** It was seen to fire, to clear, and to say nothing in normal operation. */
  accepted: boolean;
}

/** What `plumb run` answers. Errors are unit - reference, decimal text in the channel's unit, one a point. */
export interface Summary {
  verdict: 'pass' | 'fail';
  unit: string | null;
  seconds: number;
  files: PlacedFile[];
  /** Fingerprint of the key that signed the dossier; null where none could be made. */
  signer: string | null;
  /** Number of the certificate that was issued; null where the recipe asks for none. */
  certificate: string | null;
  /** Null where the recipe has none. */
  calibration: { asFound: string[]; asLeft: string[] } | null;
  rules: RuleSummary[] | null;
}

export async function summaryOf(
  host: Host,
  run: RunState,
  recipe: Recipe,
  {
    files,
    dossier,
    certificate,
  }: { files: PlacedFile[]; dossier: PlacedDossier | null; certificate: string | null },
): Promise<Omit<Summary, 'seconds'>> {
  const wizards = await host.call('wizard.list', {});
  const calibrate = newest(wizards, 'calibrate');
  const validate = newest(wizards, 'validate');
  const covered = validate ? coverageNow(validate) : [];
  const found = calibrate?.asFound.map(({ error }) => error) ?? [];
  return {
    verdict: run.verdict ?? 'fail',
    unit: run.unit,
    files: dossier === null ? files : [...files, dossier.file],
    signer: dossier?.signer ?? null,
    certificate,
    calibration: recipe.calibrate && {
      asFound: found,
      // Within tolerance as found: nothing was written, and what was found is what was left.
      asLeft: calibrate?.unadjusted ? found : (calibrate?.asLeft.map(({ error }) => error) ?? []),
    },
    rules:
      recipe.validate &&
      (validate?.evidence ?? []).map(({ id, fired, cleared }, index) => ({
        id,
        sentence: validate?.compiled?.sentences[index] ?? '',
        fired: fired !== null,
        cleared: cleared !== null,
        accepted: covered[index]?.accepted ?? false,
      })),
  };
}

const newest = <K extends WizardKind>(
  wizards: readonly WizardState[],
  kind: K,
): Extract<WizardState, { kind: K }> | undefined =>
  wizards.findLast((wizard): wizard is Extract<WizardState, { kind: K }> => wizard.kind === kind);

/** What the figures of the channel are shown with: its count step, finer ones say nothing, and its unit. */
export type Scale = Pick<ProfileChannel, 'quantum' | 'unit'>;

/** Of the channel that the recipe calibrates. */
export async function scaleOf(host: Host, { provision, calibrate }: Recipe): Promise<Scale> {
  if (calibrate === null) return { quantum: '1', unit: '' };
  const profile = (await host.call('profiles.list', {})).find(({ id }) => id === provision.profile);
  const channel = profile?.channels.find(({ id }) => id === calibrate.channel);
  if (!channel) throw new Failure('NOT_FOUND', { thing: 'channel', id: calibrate.channel });
  return channel;
}

/** Figures are shown one place finer than the quantum; the record keeps them all. */
const figures = (errors: readonly string[], { quantum, unit }: Scale): string =>
  `${errors.map((error) => roundDecimal(error, decimalPlaces(quantum) + 1)).join(', ')} ${unitSymbol(unit)}`;

export const summaryLines = (
  { verdict, unit, seconds, files, signer, calibration, rules }: Summary,
  scale: Scale,
): string[] => [
  `${verdict === 'pass' ? 'PASS' : 'FAIL'}: unit ${unit ?? 'unknown'}, ${seconds} s`,
  ...(calibration === null
    ? ['not calibrated: the recipe has no calibration']
    : [
        `as found: ${figures(calibration.asFound, scale)}`,
        `as left:  ${figures(calibration.asLeft, scale)}`,
      ]),
  ...(rules === null ? ['no rules proven: the recipe has none'] : []),
  ...(rules ?? []).map(({ id, fired, cleared, accepted }) => {
    const seen = fired ? (cleared ? 'fired and cleared' : 'fired, did not clear') : 'did not fire';
    return `rule ${id}: ${seen}, ${accepted ? 'accepted' : 'not accepted'}`;
  }),
  ...files.map(({ path, sha256 }) => `${path}  sha256 ${sha256}`),
  ...(signer === null ? [] : [fingerprintLine(signer)]),
];
