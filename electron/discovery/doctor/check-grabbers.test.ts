import { describe, expect, test } from 'vitest';
import { brltty, modemManager, udevRule } from './check-grabbers.ts';
import { type Changes, ch340, look, machine, node, noPort, pico } from './facts.fixture.ts';

const udev = machine.udev;
const closed = { ...node, mayOpen: false };
const instrument = { ...pico, vendorId: '0957' };

describe('udev-rule', () => {
  test.each<[string, Changes, string, RegExp, boolean]>([
    ['is ours', {}, 'ok', /60-plumbline.rules is ours/, false],
    ['is missing', { machine: { udev: { ...udev, rule: null } } }, 'possible', /there is no/, true],
    [
      'is missing and the port is closed',
      { machine: { udev: { ...udev, rule: null } }, port: { node: closed } },
      'problem',
      /there is no/,
      true,
    ],
    [
      'is older',
      { machine: { udev: { ...udev, rule: { path: '/etc/x', same: false } } } },
      'possible',
      /another version/,
      true,
    ],
    ['no udev', { machine: { udev: { ...udev, installed: false } } }, 'not-applicable', /no udev/, false],
    [
      'no daemon',
      { machine: { udev: { ...udev, running: false } } },
      'not-applicable',
      /does not run/,
      false,
    ],
    ['not on USB', { port: { usb: null } }, 'not-applicable', /not on USB/, false],
    ['not in the rule', { port: { usb: instrument } }, 'not-applicable', /0957:0005/, false],
    [
      'no port',
      { machine: { udev: { ...udev, rule: null } }, port: noPort },
      'possible',
      /there is no/,
      true,
    ],
  ])('%s', (_name, changes, state, evidence, fixable) => {
    const verdict = look(udevRule, changes);
    expect(verdict).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
    expect(
      verdict.fix?.command.startsWith('sudo install -D -m 644 resources/linux/60-plumbline.rules '),
    ).toBe(fixable ? true : undefined);
  });
});

const manager = { pid: 321, name: 'ModemManager' };
const running = { processes: [manager] };
const unruled = { ...running, udev: { ...udev, rule: null } };

describe('modem-manager', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['does not run', {}, 'ok', /no ModemManager/],
    ['runs and is kept off', { machine: running }, 'ok', /keeps it off/],
    ['runs and is not', { machine: unruled }, 'possible', /process 321/],
    [
      'runs and the rule does not name the board',
      { machine: running, port: { usb: instrument } },
      'possible',
      /321/,
    ],
    ['runs and holds the port', { machine: running, port: { holders: [manager] } }, 'problem', /holds/],
    ['runs and the port is not on USB', { machine: unruled, port: { usb: null } }, 'ok', /not on USB/],
    ['runs and there is no port', { machine: unruled, port: noPort }, 'possible', /321/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(modemManager, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});

const braille = { path: '/usr/lib/udev/rules.d/85-brltty.rules', claims: ['1a86/7523'] };
const grabbed = { ...ch340, interfaces: [{ class: 'ff', driver: 'usbfs' }], terminals: [] };

describe('brltty', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['is not installed', {}, 'ok', /not installed/],
    ['does not concern a Pico', { machine: { brltty: braille } }, 'ok', /no CH340 or CP210x/],
    [
      'claims the CH340',
      { machine: { brltty: braille }, port: { usb: ch340 } },
      'possible',
      /claims USB 1a86:7523/,
    ],
    [
      'leaves the CH340 alone',
      { machine: { brltty: { ...braille, claims: [] } }, port: { usb: ch340 } },
      'ok',
      /leaves USB 1a86:7523/,
    ],
    [
      'has taken the CH340, and the port is gone',
      { machine: { brltty: braille, usb: [pico, grabbed] }, port: noPort },
      'problem',
      /claimed through usbfs/,
    ],
    [
      'has taken another one than this port’s',
      { machine: { brltty: braille, usb: [pico, grabbed] } },
      'ok',
      /no CH340/,
    ],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(brltty, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});
