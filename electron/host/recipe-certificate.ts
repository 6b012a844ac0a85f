import { Laboratory } from '../../shared/contract/certificate.ts';
import { laboratoryGaps } from '../../shared/report/certificate/certificate.ts';
import { readLogo } from '../report/report.ts';
import { sound } from './recipe-choices.ts';
import { type Found, valueAt } from './recipe-words.ts';

/**
 * What would be found only when the certificate is due, after everything was measured. Each value by itself, whatever
 * is wrong with the others.
 */
export function certificateMistakes(recipe: unknown): Found[] {
  const laboratory = valueAt(recipe, ['certificate', 'laboratory']);
  const { name, address, country } = Laboratory.shape.party.shape;
  const said = (key: string): unknown => valueAt(laboratory, ['party', key]);
  const party = {
    // What is missing or has another form, the schema names.
    name: sound(name, said('name')) ?? 'N',
    address: sound(address, said('address')) ?? 'A',
    country: sound(country, said('country')) ?? 'DE',
    contact: '',
  };
  return [
    ...laboratoryGaps({ party }).map((gap) => ({
      path: ['certificate', 'laboratory', 'party', gap],
      message: 'must say who calibrates: it stands on every certificate',
    })),
    ...logoMistakes(sound(Laboratory.shape.logo, valueAt(laboratory, ['logo']))),
  ];
}

function logoMistakes(logo: string | null | undefined): Found[] {
  try {
    if (logo) readLogo(logo);
    return [];
  } catch {
    const path = ['certificate', 'laboratory', 'logo'];
    return [{ path, message: 'must be a PNG or a JPEG that can be printed, in base64' }];
  }
}
