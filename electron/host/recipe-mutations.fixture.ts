// A table of single mistakes that can be made in the demonstration recipe, none of which hides another.

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Mutation {
  at: string;
  /** Undefined: the field is taken out. */
  to: Json | undefined;
  /** Where the mistake is named; the place itself where nothing else is said. */
  named?: string;
}

/** In the order of the document: what is missing or was added stands last in its object. */
export const mutations: readonly Mutation[] = [
  { at: 'recipe', to: 2 },
  { at: 'title', to: '' },
  { at: 'provision.tag', to: 'not a tag!' },
  { at: 'provision.asset', to: 5 },
  { at: 'provision.profile', to: 'unknown' },
  { at: 'provision.periodMs', to: '50' },
  { at: 'provision.location', to: undefined },
  { at: 'connection.project', to: 7 },
  { at: 'connection.setTime', to: 'yes' },
  { at: 'connection.network', to: { kind: 'token-ring' }, named: 'connection.network.kind' },
  { at: 'connection.broker.host', to: 'a host' },
  { at: 'connection.broker.port', to: 70_000 },
  { at: 'connection.broker.tls.name', to: '-' },
  {
    at: 'connection.broker.login',
    to: { kind: 'password', username: 'u', password: 'secret' },
    named: 'connection.broker.login.password',
  },
  { at: 'connection.broker.watcher', to: { kind: 'key' }, named: 'connection.broker.watcher.kind' },
  { at: 'connection.broker.topic', to: 'a/#' },
  { at: 'connection.broker.colour', to: 'red' },
  { at: 'calibrate.channel', to: 'zz' },
  { at: 'calibrate.points.0', to: '999' },
  { at: 'calibrate.points.3', to: '80.0' },
  { at: 'calibrate.points.4', to: 'abc' },
  { at: 'calibrate.tolerance', to: '0' },
  { at: 'calibrate.adjust', to: 'maybe' },
  { at: 'calibrate.stability.readings', to: 1 },
  { at: 'calibrate.stability.intervalMs', to: 1.5 },
  { at: 'calibrate.stability.maxDrift', to: '-1' },
  { at: 'calibrate.stability.maxSpread', to: 0.03 },
  { at: 'calibrate.stability.nearNominal', to: '0.0' },
  { at: 'calibrate.stability.timeoutSeconds', to: undefined },
  { at: 'calibrate.cycles', to: 0 },
  { at: 'calibrate.sequence', to: 'down' },
  { at: 'calibrate.decision', to: { rule: 'guess' }, named: 'calibrate.decision.rule' },
  { at: 'calibrate.probability', to: '1' },
  { at: 'calibrate.leastTur', to: '-1' },
  { at: 'calibrate.asLeftLimit', to: '0' },
  { at: 'calibrate.model', to: 'cubic' },
  {
    at: 'calibrate.uncertainties',
    to: [{ name: 'a\nb', distribution: 'normal', amount: '1' }],
    named: 'calibrate.uncertainties.0.name',
  },
  { at: 'calibrate.method', to: 'x'.repeat(201) },
  { at: 'certificate.laboratory.party.name', to: '' },
  { at: 'certificate.laboratory.party.address', to: '' },
  { at: 'certificate.laboratory.party.country', to: 'ZZ' },
  { at: 'certificate.laboratory.prefix', to: 'a b' },
  { at: 'certificate.circumstances.customer.country', to: 'Germany' },
  { at: 'certificate.circumstances.place', to: 'home' },
  { at: 'certificate.circumstances.temperature.min', to: 20.5 },
  { at: 'certificate.circumstances.received', to: '22.11.2026' },
  { at: 'certificate.standardOverride', to: 'x' },
  { at: 'validate.rules.0.title', to: 'x'.repeat(81) },
  { at: 'validate.rules.0.when.below', to: '5', named: 'validate.rules.0.when' },
  { at: 'validate.rules.0.when.deadband', to: '-2' },
  { at: 'validate.rules.0.for', to: '5 fortnights' },
  { at: 'validate.rules.1.id', to: 'too-hot' },
  { at: 'validate.rules.1.when.sensor', to: 't9' },
  { at: 'validate.rules.1.when.below', to: '999' },
  { at: 'validate.rules.1.clearAfter', to: '999999h' },
  { at: 'validate.rules.2.when.above', to: '-20' },
  { at: 'validate.rules.2.when.deadband', to: '0.0001' },
  { at: 'validate.rules.2.when.not', to: 'yes' },
  { at: 'validate.rules.2.ifNoData', to: 3 },
  { at: 'validate.rules.2.severity', to: 'grave' },
  { at: 'validate.rules.2.colour', to: 'red' },
  { at: 'validate.setPoints.0', to: 'abc' },
  { at: 'validate.setPoints.1', to: '999' },
  { at: 'validate.timeoutSeconds', to: 0 },
  { at: 'validate.quietSeconds', to: 0.5 },
  { at: 'report.engineer', to: '   ' },
  { at: 'report.customer', to: null },
  { at: 'extra.field', to: true, named: '"extra.field"' },
];

/** The recipe with one value put in its place, or taken out. */
export function change(recipe: unknown, at: string, to: unknown): void {
  const path = at === 'extra.field' ? [at] : at.split('.');
  const last = path.pop() ?? '';
  const holder = path.reduce((here, key) => Reflect.get(here, key) as object, recipe as object);
  if (to === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, to);
}
