export const en = {
  ruleWriting: {
    title: 'Start from what you mean',
  },
};

export const de: typeof en = {
  ruleWriting: {
    title: 'Mit dem anfangen, was gemeint ist',
  },
};
