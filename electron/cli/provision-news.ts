import type { BrokerSight } from '../../shared/contract/connection.ts';
import type { ProvisionState } from '../../shared/contract/provision.ts';

const sightWords: Readonly<Record<BrokerSight['what'], string>> = {
  birth: 'birth',
  data: 'data',
  answer: 'answer',
  will: 'last will',
  return: 'return',
};

/** One line for each thing that is in the state of a provisioning now and was not before. */
export function provisionNews(before: ProvisionState | null, state: ProvisionState): string[] {
  const { unit, plan, recovery, pushed, proof, journal, clock, credential, sights, brokerProved } = state;
  const news: string[] = [];
  if (unit && !before?.unit) news.push(`unit ${unit.hardwareId}: ${unit.implementation} ${unit.version}`);
  if (plan && !before?.plan) news.push(planWords(state));
  if (recovery && !before?.recovery) news.push(`${recovery.how}: ${recovery.detail}`);
  if (credential && !before?.credential) {
    const key = credential.keyMadeOn === null ? '' : `, key made on the ${credential.keyMadeOn}`;
    news.push(`credential: ${credential.kind}, ${credential.subject}${key}`);
  }
  if (pushed && !before?.pushed) {
    const sent = pushed.filter((file) => file.sent).length;
    news.push(`pushed: ${sent} files sent, ${pushed.length - sent} were there already`);
  }
  if (clock && clock !== before?.clock) news.push(clockWords(clock));
  if (proof && !before?.proof) {
    const equal = proof.filter((line) => line.equal).length;
    news.push(`proof: ${equal} of ${proof.length} files run as they were pushed`);
  }
  if (journal && journal.stage !== before?.journal?.stage) {
    if (journal.stage === 'confirmed') news.push(`confirmed: slot ${journal.slot} is kept`);
    if (journal.stage === 'rolled-back') news.push(`rolled back: the software before runs`);
  }
  for (const { what, topic, detail } of sights.slice(before?.sights.length ?? 0)) {
    news.push(`seen at the broker: ${sightWords[what]} on ${topic}, ${detail}`);
  }
  if (brokerProved && !before?.brokerProved) news.push('proven at the broker');
  return news;
}

function planWords({ plan, difference, leftOut }: ProvisionState): string {
  const left = leftOut.length > 0 ? `, ${leftOut.length} left as found` : '';
  const lines = difference?.length ?? 0;
  return `planned: ${plan?.length ?? 0} files; ${lines} lines of the configuration differ${left}`;
}

function clockWords({
  set,
  offsetMs,
  driftPpm,
  driftUncertaintyPpm,
}: NonNullable<ProvisionState['clock']>): string {
  const drift = driftPpm === null ? '' : `, drift ${driftPpm} ppm +- ${driftUncertaintyPpm} ppm`;
  if (offsetMs === null) return `the unit has no time of day${drift}`;
  return `clock ${set ? 'set' : 'not set'}, ${offsetMs} ms off${drift}`;
}
