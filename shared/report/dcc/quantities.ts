import { siFormOf } from '../../units/si.ts';
import { addDecimal, isUnit, multiplyDecimal, unitSymbol, unitTable } from '../../units/units.ts';
import { named } from './texts.ts';
import { type Element, element, type Maybe } from './xml.ts';

/** U, k and p of each value. */
export interface Expanded {
  values: readonly string[];
  factors: readonly string[];
  probability: string;
}

/** Values that belong together, in the channel's unit. `difference`: an error, whose zero is no point of a scale. */
export interface Quantity {
  refType: string;
  name: string;
  values: readonly string[];
  unit: string;
  difference: boolean;
  expanded?: Expanded;
  /** Elements of `dcc:measurementMetaData`. */
  metaData?: readonly Element[];
}

const xmlList = (values: readonly string[]): string => values.join(' ');

/** In the order of D-SI 2.2.1, `realListXMLListType`. */
function realList(values: readonly string[], unit: string, expanded: Expanded | undefined): Element {
  return element('si:realListXMLList', [
    element('si:valueXMLList', xmlList(values)),
    element('si:unitXMLList', unit),
    expanded === undefined ? null : uncertainty(expanded),
  ]);
}

const uncertainty = ({ values, factors, probability }: Expanded): Element =>
  element('si:measurementUncertaintyUnivariateXMLList', [
    element('si:expandedMUXMLList', [
      element('si:valueExpandedMUXMLList', xmlList(values)),
      element('si:coverageFactorXMLList', xmlList(factors)),
      element('si:coverageProbabilityXMLList', xmlList(values.map(() => probability))),
    ]),
  ]);

/**
 * A list of values with its uncertainties. A unit beside the SI comes as a hybrid: in the SI first, then the very texts
 * of the certificate in its own unit. A unit that D-SI has no name for (psi, degree Fahrenheit) is given in the SI, and
 * the certificate's texts as characters beside it.
 */
export function quantity(given: Quantity): Element[] {
  const { values, unit, difference, expanded } = given;
  const own = isUnit(unit) ? unitTable[unit].si : null;
  const form = isUnit(unit) ? siFormOf(unit) : null;
  if (form === null) return [entry(given, realList(values, own ?? '\\one', expanded))];
  if (difference && own !== null && form.scale === '1') {
    // A difference of one degree Celsius is one kelvin: there is nothing to convert.
    return [entry(given, realList(values, form.unit, expanded))];
  }
  const scaled = (value: string): string => multiplyDecimal(value, form.scale);
  const absolute = (value: string): string => scaled(difference ? value : addDecimal(value, form.offset));
  const si = realList(
    values.map(absolute),
    form.unit,
    expanded && { ...expanded, values: expanded.values.map(scaled) },
  );
  if (own !== null) return [entry(given, element('si:hybrid', [si, realList(values, own, expanded)]))];
  return [entry(given, si), asShown(given)];
}

const entry = ({ refType, name, metaData = [] }: Quantity, value: Element): Element =>
  element(
    'dcc:quantity',
    [
      named('name', name),
      value,
      metaData.length === 0 ? null : element('dcc:measurementMetaData', metaData),
    ] satisfies Maybe[],
    { refType },
  );

const asShown = ({ name, values, unit, expanded }: Quantity): Element =>
  element('dcc:quantity', [
    named('name', `${name} in ${unitSymbol(unit)}, as the certificate shows it`),
    element('dcc:charsXMLList', xmlList(values)),
    element('dcc:measurementMetaData', [
      element('dcc:metaData', [
        ...(expanded
          ? [named('declaration', `Expanded uncertainty in ${unitSymbol(unit)}: ${xmlList(expanded.values)}`)]
          : []),
        element('dcc:nonSIUnit', unitSymbol(unit)),
      ]),
    ]),
  ]);

/** One value of a condition, such as the lowest temperature of the run, in the SI. */
export function single(value: string, unit: 'degC' | 'percent' | 'mbar'): Element {
  const form = siFormOf(unit);
  if (form === null) throw new RangeError(`${unit} is of the SI`);
  const si = multiplyDecimal(addDecimal(value, form.offset), form.scale);
  return element('si:real', [element('si:value', si), element('si:unit', form.unit)]);
}
