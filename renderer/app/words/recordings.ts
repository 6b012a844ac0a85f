export const en = {
  recordings: {
    title: 'Recordings',
  },
};

export const de: typeof en = {
  recordings: {
    title: 'Aufzeichnungen',
  },
};
