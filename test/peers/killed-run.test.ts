import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { historyOf, isOpen } from '../../electron/provisioning/history.ts';
import { openJob } from '../../electron/store/job-store.ts';
import type { ProvisionAction, Recovery } from '../../shared/contract/provision.ts';
import { needs } from '../needs.ts';
import { type Ended, plumb, type ServedBench, serveBench, startPlumb, temporaryFolder } from './terminal.ts';

/** SIGKILL of `plumb run` at random moments; `PLUMBLINE_FULL=1` makes it 100 times. */
const isFull = process.env.PLUMBLINE_FULL === '1';
const kills = isFull ? 100 : 5;

/** What the terminal says as a push goes on, and how long the longest part of it takes here, ms. */
const parts = ['provisioning', 'planned', 'checking', 'pushed', 'restarting', 'tests itself'];
const longestPart = 400;

/** Whole numbers below `limit` that look drawn by chance, the same in every run (mulberry32). */
function drawn(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

needs('socat')('plumb run that is killed while it provisions', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let bench: ServedBench;
  beforeAll(async () => {
    folder = await temporaryFolder();
    bench = await serveBench(folder.path);
  }, 30_000);
  afterAll(async () => {
    await bench?.close();
    await folder?.remove();
  });

  /** Each time another tag, so that there is something to push. */
  async function argumentsFor(tag: string): Promise<string[]> {
    const recipe = join(folder.path, `${tag}.json`);
    const provision = { tag, asset: '', location: 'Bench', profile: 'bench-thermometer', periodMs: 50 };
    const whole = { recipe: 1, title: 'Killed', provision, report: { engineer: 'E' } };
    await writeFile(recipe, JSON.stringify(whole));
    return ['run', recipe, '--port', bench.board(1), '--out', join(folder.path, 'out'), '--json'];
  }

  /** The record opens and its chain verifies; what it tells of the unit. */
  function recorded(unit: string): { isCut: boolean; recoveries: Recovery[] } {
    const store = openJob(join(folder.path, 'out', 'job.plumb'));
    try {
      expect(store.verify()).toMatchObject({ ok: true });
      const actions = [...store.events({ kind: 'wizard.action' })].map(({ body }) => body as ProvisionAction);
      return {
        isCut: isOpen(historyOf(store, unit).journal),
        recoveries: actions.flatMap((action) => (action.type === 'recovered' ? [action.recovery] : [])),
      };
    } finally {
      store.close();
    }
  }

  const unitIn = ({ stdout }: Ended): string => (JSON.parse(stdout) as { unit: string }).unit;

  it(
    'goes on where it was, or goes back, and says which',
    async () => {
      const draw = drawn(20_261_122);
      const first = await plumb(...(await argumentsFor('TT-0')));
      expect(first.code, first.stderr).toBe(0);
      const unit = unitIn(first);
      const outcomes: string[] = [];
      for (let index = 1; index <= kills; index += 1) {
        const given = await argumentsFor(`TT-${index}`);
        const run = startPlumb(...given);
        // Somewhere in each part of it: a random while after it has begun.
        await run.said(parts[index % parts.length] ?? '', 'stderr');
        await pause(draw(longestPart));
        run.kill('SIGKILL');
        await run.ended;
        const before = recorded(unit);
        const next = await plumb(...given);
        expect(next.code, `${index}: ${next.stderr}${next.stdout}`).toBe(0);
        expect(unitIn(next)).toBe(unit);
        const after = recorded(unit);
        expect(after.isCut).toBe(false);
        const said = after.recoveries.slice(before.recoveries.length);
        // Whoever finds a push that was cut says what became of it, once.
        expect(said.length, `${index}: ${next.stderr}`).toBe(before.isCut ? 1 : 0);
        for (const { how, detail } of said) expect(next.stderr).toContain(`${how}: ${detail}`);
        outcomes.push(said[0] ? `${said[0].how} (${said[0].detail})` : 'nothing to go on with');
      }
      console.info(`after ${kills} kills:\n${outcomes.join('\n')}`);
    },
    kills * 30_000 + 60_000,
  );
});
