/** Where a unit stands in the broker's topics, and what it may do there. */
export interface AccessRight {
  action: 'write' | 'read';
  topic: string;
}

export const unitRights = (unit: string, topic: string): AccessRight[] => [
  ...['state', 'birth', 'data', 'event', 'reply', 'check'].map(
    (leaf): AccessRight => ({ action: 'write', topic: `${topic}/${unit}/${leaf}` }),
  ),
  { action: 'read', topic: `${topic}/${unit}/cmd` },
];

/** Sees all units and may ask each. */
export const watcherRights = (topic: string): AccessRight[] => [
  { action: 'read', topic: `${topic}/#` },
  { action: 'write', topic: `${topic}/+/cmd` },
  { action: 'write', topic: `${topic}/+/check` },
];

/** Lines for mosquitto's `acl_file` (mosquitto.conf(5)); without a user they hold for whoever is anonymous. */
export const mosquittoLines = (user: string | null, rights: readonly AccessRight[]): string[] => [
  ...(user === null ? [] : [`user ${user}`]),
  ...rights.map(({ action, topic }) => `topic ${action} ${topic}`),
];

/** The same as JSON, for brokers that take the rights so; the bench's own does. */
export const accessEntry = (
  user: string,
  rights: readonly AccessRight[],
): { user: string; write: string[]; read: string[] } => {
  const topics = (wanted: AccessRight['action']): string[] =>
    rights.filter(({ action }) => action === wanted).map(({ topic }) => topic);
  return { user, write: topics('write'), read: topics('read') };
};

/** `{unit}` in a user name stands for the unit's hardware id. */
export const unitUser = (template: string, unit: string): string => template.replaceAll('{unit}', unit);

/** The lines for one unit at the broker; `user` may hold `{unit}`, null where it is anonymous. */
export const aclLines = (unit: string, user: string | null, topic: string): string[] =>
  mosquittoLines(user === null ? null : unitUser(user, unit), unitRights(unit, topic));
