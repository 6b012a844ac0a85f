import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { BrokerSettings } from '../../../shared/contract/connection.ts';
import { Secret, Vault } from '../../secrets/secrets.ts';
import { commandKeyFor, secretFile } from './credential.ts';
import { signedCommand } from './signed-command.ts';

const plain = BrokerSettings.parse({
  host: 'a.b',
  port: 1883,
  tls: null,
  login: { kind: 'anonymous' },
  watcher: null,
});

it('has the unit’s own key where commands are signed, which is in no answer', async () => {
  const vault = new Vault();
  const key = await vault.put('commands', 'sixteen bytes or more');
  const signed = { ...plain, commands: { kind: 'signed', key } } as const;
  const own = await commandKeyFor(signed, 'beef0001', vault);
  // printf 'plumbline-command-key-1:beef0001' | openssl dgst -sha256 -hmac 'sixteen bytes or more'
  expect(own?.revealText()).toBe('8d95b784b345bae0aac4aefb549803ff4e56673239622dfef507ee209296bcf2');
  expect(vault.redactor.redact(`it is ${own?.revealText()}`)).not.toContain(
    '8d95b784b345bae0aac4aefb549803ff4e56673239622dfef507ee209296bcf2'.slice(0, 32),
  );
  const file = secretFile({ wifi: null, mqtt: null, command: own }, 'c2FsdA');
  expect(JSON.parse(Buffer.from(file?.bytes ?? '').toString('utf8'))).toMatchObject({
    command: own?.revealText(),
  });
  expect(await commandKeyFor(plain, 'beef0001', vault)).toBeNull();
  const short = { ...plain, commands: { kind: 'signed', key: await vault.put('s', 'short') } } as const;
  await expect(commandKeyFor(short, 'beef0001', vault)).rejects.toMatchObject({ code: 'STEP_BLOCKED' });
});

it('signs a command so that anybody can check it', () => {
  const command = { unit: 'beef0001', id: 7, verb: 'ack', args: { rule: 0 }, boot: 3, until: 9 };
  const key = new Secret('0b'.repeat(32));
  const first = signedCommand(key, command, 1000);
  const body = '{"unit":"beef0001","id":7,"verb":"ack","args":{"rule":0},"boot":3,"until":9,"n":';
  expect(first.slice(64).startsWith(` ${body}`)).toBe(true);
  const mac = createHmac('sha256', Buffer.alloc(32, 11)).update(`plumbline-command-1\n${first.slice(65)}`);
  expect(first.slice(0, 64)).toBe(mac.digest('hex'));
  const numbers = [first, signedCommand(key, command, 1000), signedCommand(key, command, 5)].map(
    (text) => (JSON.parse(text.slice(65)) as { n: number }).n,
  );
  expect(numbers[1]).toBe((numbers[0] ?? 0) + 1);
  expect(numbers[2]).toBe((numbers[0] ?? 0) + 2);
});
