import type { BrokerSight } from '../../../shared/contract/connection.ts';
import type { ProvisioningRecord } from '../../../shared/report/record.ts';
import { dash, secondOf } from '../figures.ts';
import { type Sheet, styles } from '../sheet.ts';
import { drawFacts, drawTable } from '../table.ts';

const words: Readonly<Record<BrokerSight['what'], string>> = {
  birth: 'Birth',
  data: 'Data',
  answer: 'Answer to a command',
  will: 'Last will when cut off',
  return: 'Return',
};

/** How the unit signs in at its broker, and what the app saw of it there. */
export function brokerProof(sheet: Sheet, done: ProvisioningRecord): void {
  const { broker, credential, sights } = done;
  if (broker === null) return;
  sheet.subheading('Broker');
  drawFacts(sheet, [
    ['Broker', `${broker.host} port ${broker.port}${broker.tls ? ', TLS' : ', without TLS'}`],
    ['Topics', broker.topic],
    ['Login', credential ? `${credential.kind}, ${credential.subject || 'nobody'}` : dash],
    ['Key made', credential?.keyMadeOn ? `on the ${credential.keyMadeOn}` : dash],
    ['Certificate', { text: credential?.fingerprint ?? dash, style: styles.hash }],
    ['Valid until', credential?.notAfter ?? dash],
  ]);
  if (sights.length === 0) {
    sheet.paragraph('Not proven on the broker.', styles.strong);
    return;
  }
  drawTable(sheet, {
    columns: [
      { head: 'Seen at the broker', width: 105 },
      { head: 'Time', width: 100 },
      { head: 'Topic', width: 150 },
      { head: 'Detail' },
    ],
    rows: sights.map(({ what, at, topic, detail }) => [
      { text: words[what], mark: 'pass' },
      secondOf(new Date(at).toISOString()),
      topic,
      detail,
    ]),
  });
  if (!done.brokerProved) sheet.paragraph('The proof on the broker is not complete.', styles.strong);
}
