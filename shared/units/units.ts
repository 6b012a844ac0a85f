export {
  absoluteDecimal,
  addDecimal,
  compareDecimal,
  type Decimal,
  formatDecimal,
  multiplyDecimal,
  NumberError,
  normaliseDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimal,
} from './decimal.ts';
export { displayValue } from './display.ts';
export {
  isUnit,
  type MeasurandId,
  measurands,
  type UnitId,
  unitSymbol,
  unitTable,
} from './measurands.ts';
export { decimalPlaces, fromQuanta, nearestQuanta, toQuanta } from './quanta.ts';
export { divideFloor, divideRounded, powerOfTen, type Rounding } from './rounding.ts';
