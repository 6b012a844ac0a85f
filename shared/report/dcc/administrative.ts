import type { CertificateRecord } from '../certificate/schema.ts';
import { conformityOf } from './results.ts';
import { contact, filled, identification, language, named, proper, saidIf } from './texts.ts';
import { type Element, element } from './xml.ts';

/** Who calibrated what for whom, when and where: `dcc:administrativeData`. */
export const administrativeData = (record: CertificateRecord): Element =>
  element('dcc:administrativeData', [
    software(record),
    refTypes(),
    coreData(record),
    items(record),
    laboratory(record),
    persons(record),
    customer(record),
    element('dcc:statements', statements(record)),
  ]);

const software = ({ software: { name, version } }: CertificateRecord): Element =>
  element('dcc:dccSoftware', [
    element('dcc:software', [
      proper('name', name),
      element('dcc:release', filled(version)),
      element('dcc:type', 'application'),
    ]),
  ]);

/** Where the names in `refType` come from: PTB's lists of the DCC good practice. */
const refTypes = (): Element =>
  element(
    'dcc:refTypeDefinitions',
    (['basic', 'gp'] as const).map((namespace) =>
      element('dcc:refTypeDefinition', [
        proper('name', namespace === 'basic' ? 'Cross community refTypes' : 'Good practice refTypes'),
        element('dcc:namespace', namespace),
        element('dcc:link', 'https://digilab.ptb.de/dkd/refType/vocab/index.php'),
      ]),
    ),
  );

const coreData = ({ laboratory: lab, number, dates, place, amends }: CertificateRecord): Element =>
  element('dcc:coreData', [
    element('dcc:countryCodeISO3166_1', lab.party.country),
    element('dcc:usedLangCodeISO639_1', language),
    element('dcc:mandatoryLangCodeISO639_1', language),
    element('dcc:uniqueIdentifier', number),
    dates.received === null ? null : element('dcc:receiptDate', dates.received),
    element('dcc:beginPerformanceDate', dates.begin),
    element('dcc:endPerformanceDate', dates.end),
    element('dcc:performanceLocation', place.kind),
    element('dcc:issueDate', dates.issued),
    amends === null
      ? null
      : element('dcc:reportAmendedSubstituted', [
          element('dcc:typeOfChange', 'amended'),
          element('dcc:replacedUniqueIdentifier', amends.number),
        ]),
  ]);

/** The channel is what was calibrated; the unit that it belongs to is told by its hardware id. */
function items({ item }: CertificateRecord): Element {
  return element('dcc:items', [
    element('dcc:item', [
      named('name', filled(`${item.description}, channel ${item.channel.id} (${item.channel.title})`)),
      saidIf('description', item.condition === '' ? '' : `Condition when received: ${item.condition}`),
      item.agent === null
        ? null
        : element('dcc:installedSoftwares', [
            element('dcc:software', [
              proper('name', 'Plumbline edge agent'),
              element('dcc:release', filled(item.agent)),
              element('dcc:type', 'firmware'),
            ]),
          ]),
      item.model.trim() === '' ? null : element('dcc:model', filled(item.model)),
      element('dcc:identifications', [
        identification('manufacturer', item.serial, 'Hardware id'),
        identification('customer', item.tag, 'Tag'),
        identification('customer', item.asset, 'Asset number'),
      ]),
    ]),
  ]);
}

const laboratory = ({ laboratory: { party, accreditation } }: CertificateRecord): Element =>
  element('dcc:calibrationLaboratory', [
    accreditation === '' ? null : element('dcc:calibrationLaboratoryCode', filled(accreditation)),
    contact('contact', party),
  ]);

const persons = ({ authorisedBy }: CertificateRecord): Element =>
  element('dcc:respPersons', [
    element('dcc:respPerson', [
      element('dcc:person', [proper('name', authorisedBy.name)]),
      authorisedBy.role === '' ? null : element('dcc:role', filled(authorisedBy.role)),
      element('dcc:mainSigner', 'true'),
    ]),
  ]);

/** The schema demands a customer with a place; a certificate without one names the laboratory's own country. */
function customer({ customer: party, laboratory: lab }: CertificateRecord): Element {
  const none = { name: '', address: '', country: lab.party.country, contact: '' };
  return contact('customer', party ?? none);
}

function statements(record: CertificateRecord): Element[] {
  const { decision, standards, bench, amends, opinion, nextDue, uncertainty, item, laboratory: lab } = record;
  const traceable = standards.every(({ standard, concerns }) => !standard.bench && concerns.length === 0);
  const said = (name: string, text: string): Element[] =>
    text.trim() === '' ? [] : [statement('', name, text)];
  return [
    element(
      'dcc:statement',
      [
        named('name', 'Statement of conformity'),
        element('dcc:convention', 'ILAC-G8:09/2019'),
        named('declaration', decision.statement),
        element('dcc:conformity', conformityOf[decision.verdict]),
      ],
      { refType: 'basic_conformity' },
    ),
    element(
      'dcc:statement',
      [
        named('name', 'Metrological traceability'),
        element('dcc:traceable', String(traceable)),
        named('declaration', standards.map(({ traceability }) => traceability).join('\n')),
      ],
      { refType: 'basic_metrologicallyTraceableToSI' },
    ),
    statement('basic_uncertainty', 'Uncertainty', `${uncertainty.statement} ${uncertainty.rounding}`),
    statement(
      '',
      'Scope',
      `The results relate only to the item calibrated, channel ${item.channel.id}. Reproduce only in full.`,
    ),
    ...said(
      'Simulated bench',
      bench ? 'Unit, standard and measurand are simulated. Nothing in this document is a measurement.' : '',
    ),
    ...said(
      'Amendment',
      amends ? `Takes the place of certificate ${amends.number}. Reason: ${amends.reason}` : '',
    ),
    ...said('Opinion and interpretation', opinion),
    ...said(
      'Recalibration, agreed with the customer',
      nextDue ? `Due ${nextDue.on} (${nextDue.method})` : '',
    ),
    ...said('Laboratory', lab.text),
  ];
}

const statement = (refType: string, name: string, text: string): Element =>
  element(
    'dcc:statement',
    [named('name', name), named('declaration', text)],
    refType === '' ? {} : { refType },
  );
