import type { CertificateFacts } from '../../shared/contract/certificate.ts';

const verdictWords = {
  pass: 'pass',
  'conditional-pass': 'conditional pass',
  'conditional-fail': 'conditional fail',
  fail: 'fail',
  none: 'no verdict',
} as const satisfies Record<CertificateFacts['verdict'], string>;

/** A certificate in one line, and what it has to do with others in a second. */
export function factsLines(facts: CertificateFacts): string[] {
  const { number, unit, channel, at, verdict, signed, amends, amendedBy } = facts;
  const line = [
    number,
    `unit ${unit}`,
    `channel ${channel}`,
    new Date(at).toISOString().slice(0, 10),
    verdictWords[verdict],
    ...(signed ? ['signed'] : []),
  ].join('  ');
  return [
    line,
    ...(amends === null ? [] : [`  in the place of ${amends.number}: ${amends.reason}`]),
    ...(amendedBy === null ? [] : [`  ${amendedBy} stands in its place`]),
  ];
}
