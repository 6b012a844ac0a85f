import { Failure } from '../../shared/contract/failure.ts';
import type { labMethods, Replayed, SweptPoint } from '../../shared/contract/lab-methods.ts';
import type { Mistake } from '../../shared/contract/mistake.ts';
import type { RecordingFacts } from '../../shared/contract/recordings.ts';
import type { CompiledRules } from '../../shared/contract/validate.ts';
import { loadTemplates } from '../lab/lab.ts';
import { compileDraft, sourceOf } from './lab-sources.ts';
import type { Client, Handlers } from './server.ts';
import type { Services } from './services.ts';

type Methods = Extract<keyof typeof labMethods, `lab.${string}`>;

/** Values of a sweep that are tried at a time: a replay that is asked for meanwhile comes in between. */
const sweptAtOnce = 8;

/** Differences that a contract's list holds. */
const mostShown = 200;

/** The contract's methods of the rule lab. */
export function labHandlers(services: Services): Pick<Handlers, Methods> {
  const { thread } = services.lab;
  const topicOf = topics();
  const newest = turns();
  const { resources } = services.options;
  let templates: ReturnType<typeof loadTemplates> | null = null;

  /** Asks about a draft; what the compiler says against it is the answer, where it says something. */
  async function tried<T>(
    { unit, rules }: { unit: string; rules: Parameters<typeof compileDraft>[2] },
    work: (compiled: CompiledRules) => Promise<T>,
  ): Promise<T | { mistakes: Mistake[] }> {
    const compiled = compileDraft(services, unit, rules);
    return 'mistakes' in compiled ? { mistakes: compiled.mistakes } : work(compiled);
  }

  return {
    'lab.templates': () => {
      templates ??= loadTemplates(resources);
      return templates;
    },
    'lab.replay': (asked, client) =>
      tried(asked, async ({ text, revision, sentences }): Promise<Replayed> => {
        const { source } = sourceOf(services, asked.data, asked.unit);
        const topic = topicOf(client, 'replay', asked.unit);
        return { revision, sentences, ...(await thread.ask(source, 'replay', { text }, { topic })) };
      }),
    'lab.sweep': async ({ unit, rules, rule, path, values, data }, client) => {
      demandRule(rules, rule);
      const { source } = sourceOf(services, data, unit);
      const topic = topicOf(client, 'sweep', unit);
      const points: SweptPoint[] = [];
      const isNewest = newest(topic);
      for (let at = 0; at < values.length; at += sweptAtOnce) {
        if (!isNewest()) throw new Failure('CANCELLED', { during: 'asking the rule lab' });
        const part = { rules, rule, path, values: values.slice(at, at + sweptAtOnce) };
        points.push(...(await thread.ask(source, 'sweep', part, { topic })));
      }
      return points;
    },
    'lab.why': (asked) =>
      tried(asked, ({ text }) =>
        thread.ask(sourceOf(services, asked.data, asked.unit).source, 'why', { text, at: asked.at }),
      ),
    'lab.whyNot': (asked) =>
      tried(asked, ({ text }) => {
        const { rule, from, to } = asked;
        demandRule(asked.rules, rule);
        return thread.ask(sourceOf(services, asked.data, asked.unit).source, 'whyNot', {
          text,
          rule,
          from,
          to,
        });
      }),
    'lab.beside': (asked) =>
      tried(asked, async ({ text, revision }) => {
        const data = { recording: asked.recording, faults: [], seed: 1 };
        const { facts, source } = sourceOf(services, data, asked.unit);
        const { events } = comparable(facts, asked.unit, revision);
        const { from, agreed, unitOnly, replayOnly } = await thread.ask(source, 'beside', { text, events });
        return {
          revision,
          from,
          agreed,
          unitOnly: unitOnly.slice(0, mostShown),
          replayOnly: replayOnly.slice(0, mostShown).map(({ t, rule, kind }) => ({ t, rule, kind })),
        };
      }),
    'lab.improve': async ({ unit, data, ...asked }) => {
      demandRule(asked.rules, asked.rule);
      const { source } = sourceOf(services, data, unit);
      return { value: await thread.ask(source, 'improve', asked) };
    },
  };
}

/** What the unit decided by these very rules. Fails with STEP_BLOCKED where a comparison would be unjust. */
function comparable(
  { decided, name, unit: recorded }: RecordingFacts,
  unit: string,
  revision: string,
): NonNullable<RecordingFacts['decided']> {
  const why =
    decided === null
      ? 'is a file: it does not say what the unit decided'
      : recorded !== unit
        ? `is of the unit ${recorded}`
        : decided.revision === null
          ? 'is of a unit without rules, or whose rules or start changed meanwhile'
          : decided.revision !== revision
            ? `is of a unit that decided by the rules ${decided.revision}, these are ${revision}`
            : decided.lost > 0
              ? `lost ${decided.lost} frames or decisions on the line`
              : null;
  if (decided !== null && why === null) return decided;
  throw new Failure('STEP_BLOCKED', { detail: `the recording ${name} ${why}` });
}

function demandRule(rules: readonly unknown[], rule: number): void {
  if (rule >= rules.length) throw new Failure('NOT_FOUND', { thing: 'rule', id: rule + 1 });
}

/** Whether nothing newer of a topic was begun since. */
function turns(): (topic: string) => () => boolean {
  const turn = new Map<string, symbol>();
  return (topic) => {
    const own = Symbol(topic);
    turn.set(topic, own);
    return () => turn.get(topic) === own;
  };
}

/** Topics of one client: what one page asks for takes nothing from another. */
function topics(): (client: Client, what: string, unit: string) => string {
  const numbers = new WeakMap<Client, number>();
  let last = 0;
  return (client, what, unit) => {
    let number = numbers.get(client);
    if (number === undefined) {
      last += 1;
      number = last;
      numbers.set(client, number);
    }
    return `${number} ${what} ${unit}`;
  };
}
