/** What the commands that begin with the same word are for. */
export const groups: Readonly<Record<string, string>> = {
  recipe: 'check a recipe before it is used',
  broker: 'try a broker before a unit needs it',
  dossier: 'a job as one signed archive, its key, the page that verifies it',
  certificate: 'certificates of calibrations: issue, amend, list',
  rules: 'check rules, replay, sweep and explain them over recordings, run vectors through the engines',
  bundle: 'make, sign, verify and accept bundles: software from somebody else',
  keys: 'whose bundles go onto the units of a project',
  standards: 'the register of reference standards of a project',
  ca: 'the authority of a project, which vouches for its units and its broker',
};
