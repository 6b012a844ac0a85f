export const en = {
  lab: {
    title: 'Try the rules',
  },
};

export const de: typeof en = {
  lab: {
    title: 'Regeln ausprobieren',
  },
};
