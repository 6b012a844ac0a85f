import type { ReferenceDriver } from '../driver.ts';
import { ScpiReferenceSession } from './reference-session.ts';

/** Thermometers, dry blocks and baths that speak SCPI lines, over serial, TCP or the bench. */
export const scpiDriver: ReferenceDriver<'scpi'> = {
  family: 'scpi',
  line: () => ({}),
  open: (transport, { signal }) => new ScpiReferenceSession(transport, signal ? { signal } : {}),
};
