import type { ReferenceStandard } from '../../shared/contract/standards.ts';
import { presentCertificate } from '../../shared/metrology/metrology.ts';
import { unitSymbol } from '../../shared/units/units.ts';

/** One standard in words: who it is, and what its certificate says. */
export function standardLines(standard: ReferenceStandard): string[] {
  const { id, maker, model, serial, unit, retired, bench } = standard;
  const { number, laboratory, due, points } = presentCertificate(standard);
  const symbol = unitSymbol(unit);
  const [first, last] = [points[0]?.value ?? '', points.at(-1)?.value ?? ''];
  const range = first === last ? `${first} ${symbol}` : `${first} to ${last} ${symbol}`;
  return [
    `${id}  ${maker} ${model} ${serial}${bench ? '  (simulated bench)' : ''}${retired ? `  out of use since ${retired.on}: ${retired.reason}` : ''}`,
    `    certificate ${number} of ${laboratory}, due ${due}, ${range}`,
  ];
}

export const entryHelp = `An entry is a JSON object; numbers are decimal text:
  maker, model, serial    who the instrument says it is; together they are its name
  use                     "working" (usual) or "reference"
  unit                    of its readings: degC, K, bar, mA, ...
  resolution              step of its reading
  drift                   half-width of what it may have drifted since its certificate (usual: "0")
  certificates            oldest first; the last one counts:
    number, laboratory, accreditation, issued, due    days as 2026-11-22
    points    rising: value, correction (added to what it shows; usual: "0"),
              expandedUncertainty, coverageFactor (usual: "2")
  remarks                 free text

  {"maker": "Fluke", "model": "1524", "serial": "4711", "unit": "degC", "resolution": "0.001",
   "certificates": [{"number": "K-4711-26", "laboratory": "Example Lab", "issued": "2026-01-10", "due": "2027-01-10",
     "points": [{"value": "0", "correction": "-0.003", "expandedUncertainty": "0.012"},
                {"value": "100", "correction": "0.004", "expandedUncertainty": "0.015"}]}]}`;

export const newCertificateHelp = `The certificate is a JSON object; numbers are decimal text:
  number, laboratory      accreditation where there is one
  issued, due             days as 2026-11-22
  points                  rising: value, correction (added to what the standard shows; usual: "0"),
                          expandedUncertainty, coverageFactor (usual: "2")

  {"number": "K-4711-27", "laboratory": "Example Lab", "issued": "2027-01-08", "due": "2028-01-08",
   "points": [{"value": "0", "correction": "-0.004", "expandedUncertainty": "0.012"},
              {"value": "100", "correction": "0.006", "expandedUncertainty": "0.015"}]}`;

export const sourceHelp = `How the reference is read stands in the recipe, as "source"; without it the reference speaks SCPI:
  {"kind": "scpi"}
  {"kind": "modbus", "unitId": 1, "table": "holding|input", "address": 0, "type": "int16|uint16|int32|uint32|float32",
   "wordOrder": "high-first|low-first", "decimals": 2, "unit": "degC", "baudRate": 9600, "parity": "even|none|odd"}
      a register of a Modbus server, counted from 0; RTU on a serial port, Modbus/TCP on tcp:host:port
  {"kind": "channel", "channel": "t2"}
      another channel of the unit, which was calibrated in this project before; --reference is not needed
Its standard is the one of the register that the instrument says it is. For a Modbus register or a channel the recipe
names it: "standard": {"maker": "Fluke", "model": "1524", "serial": "4711"}`;
