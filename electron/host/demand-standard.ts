import type { CalibrateState } from '../../shared/contract/calibrate.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import { demandSuitable } from '../calibration/reference.ts';
import type { Services } from './services.ts';

/**
 * The standard of a recipe's calibration, looked at before anything is written: a unit is not left half done for want
 * of one that may be used.
 * @throws Failure STANDARD_UNSUITABLE where something speaks against it and the recipe does not say why it is used
 */
export function demandStandard(
  { profiles, standards }: Pick<Services, 'profiles' | 'standards'>,
  { calibrate: plan, certificate, provision }: Recipe,
  wizard: CalibrateState,
): void {
  const channel = profiles.get(provision.profile)?.channels.find(({ id }) => id === plan?.channel);
  const { reference } = wizard;
  if (!plan || !channel || !reference) throw new Failure('INTERNAL', { detail: 'no reference was chosen' });
  const standardOverride = certificate?.standardOverride ?? null;
  demandSuitable({ ...wizard, plan, reference, standardOverride }, channel.unit, { standards });
}
