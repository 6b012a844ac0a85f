import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PortInfo } from '../../../shared/contract/devices.ts';
import { PortChange } from '../../../shared/contract/doctor.ts';
import { PortChanges } from './port-changes.ts';

const device = (port: string, serialNumber?: string): PortInfo => ({
  port,
  kind: 'serial',
  vendorId: '2e8a',
  productId: '0005',
  ...(serialNumber === undefined ? {} : { serialNumber }),
  looksLike: 'unit',
});

/** `A0` is unit A on ttyACM0, `-1` a device without a serial number on ttyACM1. */
const portsOf = (text: string): PortInfo[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => device(`/dev/ttyACM${word[1]}`, word[0] === '-' ? undefined : word[0]));

const words = ({ change, device: { port, serialNumber }, from }: PortChange): string =>
  `${change} ${serialNumber ?? '-'}${port.at(-1)}${from === undefined ? '' : ` from ${from.at(-1)}`}`;

const told = (...lists: string[]): string[][] => {
  const [first = '', ...rest] = lists;
  const changes = new PortChanges(portsOf(first));
  return rest.map((list) => changes.next(portsOf(list)).map(words));
};

test.each<[string, string[], string[][]]>([
  ['nothing happens', ['A0', 'A0'], [[]]],
  ['plugged in', ['', 'A0'], [['plugged A0']]],
  ['unplugged', ['A0', ''], [['unplugged A0']]],
  ['back at its place', ['A0', '', 'A0'], [['unplugged A0'], ['plugged A0']]],
  ['back elsewhere, later', ['A0', '', '', 'A1'], [['unplugged A0'], [], ['moved A1 from 0']]],
  ['back elsewhere between two looks', ['A0', 'A1'], [['moved A1 from 0']]],
  ['two swap their places', ['A0 B1', 'B0 A1'], [['moved B0 from 1', 'moved A1 from 0']]],
  ['another unit on the same path', ['A0', 'B0'], [['unplugged A0', 'plugged B0']]],
  ['moved twice', ['A0', 'A1', 'A2'], [['moved A1 from 0'], ['moved A2 from 1']]],
  ['without a serial number nobody can say', ['-0', '-1'], [['unplugged -0', 'plugged -1']]],
  ['two with one serial number: neither', ['A0 A1', 'A1', 'A1 A2'], [['unplugged A0'], ['plugged A2']]],
  [
    'the second of two with one number leaves later',
    ['A0 A1', 'A1', '', 'A2'],
    [['unplugged A0'], ['unplugged A1'], ['plugged A2']],
  ],
])('%s', (_name, lists, expected) => {
  expect(told(...lists)).toEqual(expected);
});

test('whoever follows the changes knows the list, whatever happens', () => {
  const list = fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', '-'), fc.nat(3)), {
    selector: ([, path]) => path,
  });
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 8 }), (lists) => {
      const as = (at: number) => (lists[at] ?? []).map(([unit, path]) => device(`/dev/ttyACM${path}`, unit));
      const changes = new PortChanges(as(0));
      const known = new Map(as(0).map((each) => [each.port, each]));
      for (let at = 1; at < lists.length; at += 1) {
        // A unit that moves may land where another one has just left: what leaves goes first.
        const news = changes.next(as(at)).map((change) => PortChange.parse(change));
        for (const { change, device: each, from } of news) {
          if (change === 'unplugged') known.delete(each.port);
          if (from !== undefined && known.get(from)?.serialNumber === each.serialNumber) known.delete(from);
        }
        for (const { change, device: each } of news) if (change !== 'unplugged') known.set(each.port, each);
        expect([...known.values()].map(({ port }) => port).toSorted()).toEqual(
          as(at)
            .map(({ port }) => port)
            .toSorted(),
        );
      }
    }),
  );
});
