/** What the commands that begin with the same word are for. */
export const groups: Readonly<Record<string, string>> = {
  recipe: 'check a recipe before it is used',
  broker: 'try a broker before a unit needs it',
  bundle: 'make, sign, verify and accept bundles: software from somebody else',
  keys: 'whose bundles go onto the units of a project',
  ca: 'the authority of a project, which vouches for its units and its broker',
};
