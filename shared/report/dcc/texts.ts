import type { Party } from '../../contract/certificate.ts';
import { type Element, element, type Maybe } from './xml.ts';

/** The certificate's language; PDF and DCC say the same. */
export const language = 'en';

/** D-SI and DCC take no empty text, nor one with spaces at its ends (`notEmptyStringType`). */
export const filled = (text: string, otherwise = '-'): string => text.trim() || otherwise;

/** `<dcc:name><dcc:content lang="en">…`: text for people, in the language of the certificate. */
export const named = (tag: string, text: string): Element =>
  element(`dcc:${tag}`, [element('dcc:content', text, { lang: language })]);

/** Names of people, firms and things have no language. */
export const proper = (tag: string, text: string): Element =>
  element(`dcc:${tag}`, [element('dcc:content', filled(text))]);

/** Left out where there is nothing to say. */
export const saidIf = (tag: string, text: string): Maybe => (text.trim() === '' ? null : named(tag, text));

/** The address stands as its lines; which of them is the city cannot be known of a text. */
export function contact(tag: string, party: Party): Element {
  const isMail = /^\S+@\S+$/.test(party.contact);
  return element(`dcc:${tag}`, [
    proper('name', party.name),
    isMail ? element('dcc:eMail', party.contact) : null,
    element('dcc:location', [
      element('dcc:countryCode', party.country),
      saidIf('further', [party.address, isMail ? '' : party.contact].filter(Boolean).join('\n')),
    ]),
  ]);
}

export const identification = (
  issuer: 'manufacturer' | 'calibrationLaboratory' | 'customer' | 'other',
  value: string,
  name: string,
): Maybe =>
  value.trim() === ''
    ? null
    : element('dcc:identification', [
        element('dcc:issuer', issuer),
        element('dcc:value', filled(value)),
        named('name', name),
      ]);
