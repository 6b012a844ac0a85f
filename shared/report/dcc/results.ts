import type { PointVerdict } from '../../contract/evaluation.ts';
import { type ResultRow, resultRows } from '../certificate/result-rows.ts';
import type { CertificateRecord, CertificateRun } from '../certificate/schema.ts';
import { quantity, single } from './quantities.ts';
import { filled, identification, named, proper, saidIf } from './texts.ts';
import { type Element, element, type Maybe } from './xml.ts';

/** The words of the DCC for a verdict (`stringConformityStatementStatusType`). */
export const conformityOf = {
  pass: 'pass',
  'conditional-pass': 'conditionalPass',
  'conditional-fail': 'conditionalFail',
  fail: 'fail',
} as const satisfies Record<PointVerdict, string>;

/** What was measured, how and with what: `dcc:measurementResults`. */
export const measurementResults = (record: CertificateRecord): Element =>
  element('dcc:measurementResults', [
    element('dcc:measurementResult', [
      named('name', `Calibration of channel ${record.item.channel.id} (${record.item.channel.title})`),
      methods(record),
      equipment(record),
      conditions(record),
      element('dcc:results', [
        run(record, record.results.asLeft ?? record.results.asFound, asLeftName(record)),
      ]),
    ]),
  ]);

const asLeftName = ({ results, leftBecause }: CertificateRecord): string => {
  if (results.asLeft !== null) return 'As left, after adjustment';
  const why = leftBecause === null ? '' : `, although not within its limits: ${leftBecause}`;
  return `As found and as left: the item was not adjusted${why}`;
};

function methods({ method, overrides, uncertainty }: CertificateRecord): Element {
  const used = element('dcc:usedMethod', [
    named('name', filled(method.name, 'Comparison with a reference standard')),
    named('description', method.description),
  ]);
  const gum = element(
    'dcc:usedMethod',
    [
      named('name', 'Expanded measurement uncertainty'),
      named('description', `${uncertainty.statement} ${uncertainty.rounding}`),
      element('dcc:norm', 'JCGM 100:2008'),
    ],
    { refType: 'basic_uncertainty' },
  );
  const notes = [
    ['Deviations from the method', method.deviations],
    ['Results from outside providers', method.external],
    [
      'Points taken although not stable',
      overrides.map(({ run: which, nominal, reason }) => `${which}, ${nominal}: ${reason}`).join('\n'),
    ],
  ] as const;
  const said = notes.flatMap(([name, text]) =>
    text.trim() === '' ? [] : [element('dcc:usedMethod', [named('name', name), named('description', text)])],
  );
  return element('dcc:usedMethods', [used, gum, ...said]);
}

function equipment({ standards }: CertificateRecord): Element {
  const entries = standards.map(({ standard, certificate, firmware, concerns, override, traceability }) => {
    const inForce = standard.certificates.at(-1);
    return element(
      'dcc:measuringEquipment',
      [
        named('name', `${standard.maker} ${standard.model}`),
        saidIf(
          'description',
          [...concerns.map(({ detail }) => detail), override ?? ''].filter(Boolean).join('\n'),
        ),
        element('dcc:certificate', [
          named(
            'referral',
            `Calibration certificate by ${inForce?.laboratory ?? ''}, due ${inForce?.due ?? ''}`,
          ),
          element('dcc:referralID', filled(certificate)),
          // The register knows the certificate's figures, not its file.
          element('dcc:procedure', 'not stated'),
          element('dcc:value', '-'),
          named('description', traceability),
          element('dcc:inValidityRange', String(concerns.length === 0)),
          element('dcc:traceable', String(!standard.bench)),
        ]),
        element('dcc:manufacturer', [proper('name', standard.maker)]),
        element('dcc:model', filled(standard.model)),
        element('dcc:identifications', [identification('manufacturer', standard.serial, 'Serial number')]),
        firmware.trim() === ''
          ? null
          : element('dcc:installedSoftware', [
              element('dcc:software', [
                proper('name', 'Firmware'),
                element('dcc:release', filled(firmware)),
                element('dcc:type', 'firmware'),
              ]),
            ]),
      ],
      { refType: 'basic_normalUsed' },
    );
  });
  return element('dcc:measuringEquipments', entries);
}

/** What surrounded the item, and how it was found before it was adjusted. */
function conditions(record: CertificateRecord): Maybe {
  const { temperature, humidity, pressure } = record.conditions;
  const ranges = [
    ...range('basic_temperature', 'Ambient temperature', temperature, 'degC'),
    ...range('basic_humidityRelative', 'Relative humidity', humidity, 'percent'),
    ...range('basic_pressure', 'Atmospheric pressure', pressure, 'mbar'),
  ];
  const before =
    record.results.asLeft === null
      ? []
      : [
          element(
            'dcc:influenceCondition',
            [
              named('name', 'As found, before adjustment'),
              element('dcc:status', 'beforeAdjustment'),
              element('dcc:data', [table(record, record.results.asFound)]),
            ],
            { refType: 'basic_adjustment' },
          ),
        ];
  const all = [...ranges, ...before];
  return all.length === 0 ? null : element('dcc:influenceConditions', all);
}

/** Lowest and highest value of a condition, in the SI. A millibar is a hectopascal. */
function range(
  refType: string,
  name: string,
  given: { min: string; max: string } | null,
  unit: 'degC' | 'percent' | 'mbar',
): Element[] {
  if (given === null) return [];
  return (['min', 'max'] as const).map((end) =>
    element(
      'dcc:influenceCondition',
      [
        named('name', `${name}, ${end === 'min' ? 'lowest' : 'highest'} during the run`),
        element('dcc:data', [element('dcc:quantity', [single(given[end], unit)])]),
      ],
      { refType: `${refType}${end === 'min' ? 'Min' : 'Max'}` },
    ),
  );
}

const run = (record: CertificateRecord, measured: CertificateRun, name: string): Element =>
  element('dcc:result', [named('name', name), element('dcc:data', [table(record, measured)])], {
    refType: 'gp_measuringResult1',
  });

/** The table of the certificate: what the standard measured, what the unit showed, and the error with its U. */
function table({ item, uncertainty, decision }: CertificateRecord, { evaluation }: CertificateRun): Element {
  const rows = resultRows(evaluation);
  const { unit } = item.channel;
  const column = (pick: (row: ResultRow) => string): string[] => rows.map(pick);
  const limits = rows.flatMap(({ acceptance }) => (acceptance === null ? [] : [acceptance]));
  const limitTexts = (limits.length === rows.length ? (['lower', 'upper'] as const) : []).map((side) => ({
    side,
    values: limits.map((limit) => limit[side]),
  }));
  const tolerances = (['Lower', 'Upper'] as const).map((side) => ({
    refType: `basic_toleranceLimit${side}`,
    name: `${side} tolerance limit of the error`,
    values: rows.map(() => (side === 'Lower' ? `-${decision.tolerance}` : decision.tolerance)),
  }));
  return element(
    'dcc:list',
    [
      ...quantity({
        refType: 'basic_referenceValue',
        name: 'Reference value',
        values: column(({ reference }) => reference),
        unit,
        difference: false,
      }),
      ...quantity({
        refType: 'basic_measuredValue',
        name: 'Measured value',
        values: column((row) => row.unit),
        unit,
        difference: false,
      }),
      ...quantity({
        refType: 'basic_measurementError',
        name: 'Measurement error',
        values: column(({ error }) => error),
        unit,
        difference: true,
        expanded: {
          values: column(({ expandedUncertainty }) => expandedUncertainty),
          factors: column(({ coverageFactor }) => coverageFactor),
          probability: uncertainty.probability,
        },
        metaData: [
          element(
            'dcc:metaData',
            [
              named('declaration', decision.statement),
              element('dcc:conformityXMLList', column(({ verdict }) => conformityOf[verdict]).join(' ')),
            ],
            { refType: 'basic_conformity' },
          ),
        ],
      }),
      ...tolerances.flatMap((limit) => quantity({ ...limit, unit, difference: true })),
      ...limitTexts.flatMap(({ side, values }) =>
        quantity({
          refType: `basic_acceptanceLimit${side === 'lower' ? 'Lower' : 'Upper'}`,
          name: `${side === 'lower' ? 'Lower' : 'Upper'} acceptance limit of the error`,
          values,
          unit,
          difference: true,
        }),
      ),
    ],
    { refType: 'gp_table1' },
  );
}
