import type { Profile, ProfileChannel } from './profile.ts';

/** A channel as tests need one: -20 to 120 degC in steps of 0.001. */
export const exampleChannel: ProfileChannel = {
  id: 't1',
  title: 'T',
  measurand: 'temperature',
  unit: 'degC',
  quantum: '0.001',
  adc: 26,
  oversample: 16,
  staleMs: 2000,
  min: '-20',
  max: '120',
  nominal: { mul: 3, add: -5, shift: 2 },
};

export const exampleProfile: Profile = {
  profile: 1,
  id: 'thermo',
  title: 'T',
  description: '',
  channels: [exampleChannel],
};
