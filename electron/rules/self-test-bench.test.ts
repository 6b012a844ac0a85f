import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { AuthorRules, type CompiledRules } from '../../shared/contract/validate.ts';
import { compileRules } from '../../shared/rules/rules.ts';
import type { AgentLink } from '../drivers/driver.ts';
import { agentImage, OneUnit } from '../drivers/micropython/agent-image.fixture.ts';
import { demandEngine, pushRules } from './push.ts';
import { selfTestRules } from './self-test.ts';

/** The agent on the real MicroPython of the bench. */
const channels = [{ id: 't1', quantum: '0.001', unit: 'degC', min: '0', max: '655', staleMs: 2000 }];
const rules = [
  { id: 'hot', when: { sensor: 't1', above: '60', deadband: '1' }, for: '500ms', needsAck: true },
  { id: 'cold', when: { sensor: 't1', below: '10', deadband: '1' }, clearAfter: '500ms' },
];

function compiled(): CompiledRules {
  const made = compileRules(AuthorRules.parse(rules), channels);
  if ('mistakes' in made) throw new Error(JSON.stringify(made.mistakes));
  const sha256 = createHash('sha256').update(made.text).digest('hex');
  return { ...made, sha256, revision: sha256.slice(0, 8) };
}

let unit: OneUnit | undefined;
afterEach(async () => {
  await unit?.close();
  unit = undefined;
});

async function agent(changed: Record<string, string> = {}): Promise<AgentLink> {
  unit = await OneUnit.start();
  await unit.commission(agentImage('TT-101', changed));
  return (await unit.session()).attach({ expected: unit.expected });
}
const options = { onVector: () => {}, signal: new AbortController().signal };
const source = (name: string): string =>
  readFileSync(new URL(`../../resources/agent/plumbline/${name}.py`, import.meta.url), 'utf8');

describe('rules on a unit of the bench', { timeout: 90_000 }, () => {
  it('are decided by its own engine as by the app, and its events are brought back', async () => {
    const link = await agent();
    demandEngine(await link.hello());
    const pushed = compiled();
    await pushRules(link, pushed);
    const told: number[] = [];
    const test = await selfTestRules(link, pushed, { ...options, onVector: (done) => told.push(done) });
    expect(test).toMatchObject({ engine: 1, revision: pushed.revision, vectors: 200, found: test.expected });
    expect(test.decisions).toBeGreaterThan(100);
    expect(told.at(-1)).toBe(200);
    const { events, forgotten, revision } = await link.events();
    expect({ forgotten, revision }).toEqual({ forgotten: 0, revision: pushed.revision });
    // The vectors ran beside the engine that counts: none of their decisions is among its events.
    expect(events.length).toBeLessThan(5);
    expect(await link.kept()).toEqual([[], []]);
  });

  it('are not trusted to an engine that is wrong in one thing', async () => {
    const machine = source('machine').replace('t - self.since >= self.off', 't - self.since >= self.off - 1');
    const link = await agent({ '/plumbline/machine.py': machine });
    const pushed = compiled();
    await pushRules(link, pushed);
    const test = await selfTestRules(link, pushed, options);
    expect(test.found).not.toBe(test.expected);
  });

  it('are not pushed where the engine is another one, or says none', () => {
    expect(() => demandEngine({ engine: 2 })).toThrow('rule engine 2');
    expect(() => demandEngine({ engine: null })).toThrow('rule engine ?');
  });
});
