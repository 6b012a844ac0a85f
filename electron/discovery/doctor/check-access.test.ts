import { describe, expect, test } from 'vitest';
import { judge } from './check.ts';
import { permission, portExists, signedInAgain } from './check-access.ts';
import { type Changes, factsWith, look, machine, node, noPort, port } from './facts.fixture.ts';

const listed = { port: 'COM3', kind: 'serial', looksLike: 'unknown' } as const;

describe('port-exists', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['is there', {}, 'ok', /ttyACM0 is there/],
    ['is a link', { port: { port: '/dev/serial/by-id/pico' } }, 'ok', /by-id\/pico is \/dev\/ttyACM0/],
    ['is not there', { port: noPort }, 'problem', /ttyACM0: ENOENT/],
    ['is in a closed folder', { port: { ...noPort, nodeError: 'EACCES' } }, 'problem', /EACCES/],
    ['is a file', { port: { node: { ...node, characterDevice: false } } }, 'problem', /no character device/],
    ['none at all', { port: { ...noPort, port: null } }, 'problem', /lists no serial port/],
    ['is listed by Windows', { machine: { platform: 'win32' }, port: { ...noPort, listed } }, 'ok', /listed/],
    ['is not listed by Windows', { machine: { platform: 'win32' }, port: noPort }, 'problem', /not listed/],
  ])('%s', (_name, changes, state, evidence) => {
    const verdict = look(portExists, changes);
    expect(verdict).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
    expect(verdict.remedy).not.toBe('');
  });
});

const closed = { ...node, mayOpen: false };
const outsider = {
  person: { ...machine.person, groups: [1000] },
  groups: machine.groups.map((group) => ({ ...group, members: [] })),
};
const stale = { person: { ...machine.person, groups: [1000] } };
const throughSudo = { ...outsider, person: { ...machine.person, groups: null } };

describe('permission', () => {
  test.each<[string, Changes, string, RegExp, string | undefined]>([
    ['may', {}, 'ok', /^crw-rw---- root:dialout \/dev\/ttyACM0; ada has the groups ada, dialout$/, undefined],
    [
      'not in the group',
      { machine: outsider, port: { node: closed } },
      'problem',
      /groups ada$/,
      'join-group',
    ],
    ['asked through sudo', { machine: throughSudo, port: { node: closed } }, 'problem', /sudo/, 'join-group'],
    ['not signed in again', { machine: stale, port: { node: closed } }, 'problem', /crw-rw----/, undefined],
    [
      'closed to all',
      { machine: outsider, port: { node: { ...closed, mode: 0 } } },
      'problem',
      /^c---------/,
      undefined,
    ],
    [
      'root’s own group',
      { machine: outsider, port: { node: { ...closed, gid: 0 } } },
      'problem',
      /root:root/,
      undefined,
    ],
    [
      'the group has no name',
      { machine: outsider, port: { node: { ...closed, gid: 77 } } },
      'problem',
      /root:77/,
      undefined,
    ],
    ['no port', { port: noPort }, 'not-applicable', /no port/, undefined],
    ['Windows', { machine: { platform: 'win32' } }, 'not-applicable', /Windows/, undefined],
  ])('%s', (_name, changes, state, evidence, fix) => {
    const verdict = look(permission, changes);
    expect(verdict).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
    expect(verdict.fix?.id).toBe(fix);
  });

  test('the command names the group and the person, and nothing of it can be more than a word', () => {
    const odd = { ...outsider, person: { ...outsider.person, name: "ada'; rm -rf" } };
    const command = (who: Changes['machine']) =>
      look(permission, { machine: who ?? {}, port: { node: closed } }).fix?.command;
    expect(command(outsider)).toBe('sudo usermod -aG dialout -- ada');
    expect(command(odd)).toBe(`sudo usermod -aG dialout -- 'ada'\\''; rm -rf'`);
  });
});

describe('signed-in-again', () => {
  test.each<[string, Changes, string, RegExp]>([
    ['the group counts', {}, 'ok', /no group waits/],
    ['the group does not count yet', { machine: stale, port: { node: closed } }, 'problem', /ada in dialout/],
    ['an access list lets in all the same', { machine: stale }, 'ok', /opens all the same/],
    ['no port to look at', { machine: stale, port: noPort }, 'possible', /ada in dialout/],
    ['was never enrolled', { machine: outsider, port: { node: closed } }, 'ok', /no group/],
    ['asked through sudo', { machine: throughSudo }, 'not-applicable', /without it/],
  ])('%s', (_name, changes, state, evidence) => {
    expect(look(signedInAgain, changes)).toMatchObject({ state, evidence: expect.stringMatching(evidence) });
  });
});

describe('every check', () => {
  test('that is known for Linux alone says so elsewhere', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const finding = judge(signedInAgain, factsWith({ machine: { platform } }));
      expect(finding).toMatchObject({ state: 'not-applicable', evidence: `not checked on ${platform}` });
    }
  });

  test('leaves a port of the network alone', () => {
    const facts = factsWith({ port: { ...noPort, port: 'tcp:10.0.0.5:5025', kind: 'tcp' } });
    expect(judge(portExists, facts).state).toBe('not-applicable');
  });

  test('caps what was seen and takes control characters out', () => {
    const { evidence } = look(portExists, { port: { ...port, port: `/dev/\u001b[2J${'x'.repeat(900)}` } });
    expect(evidence).toHaveLength(600);
    expect(evidence).not.toContain('\u001b');
  });
});
