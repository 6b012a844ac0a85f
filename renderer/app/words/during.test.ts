import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { duringWords } from '../../features/common/during.ts';
import { germanDuring } from './during.ts';

const host = fileURLToPath(new URL('../../../electron/', import.meta.url));
const read = (file: string) => readFileSync(`${host}${file}`, 'utf8');

/** Phrases are literals in the host's sources; `${…}` in them is a name. The terminal speaks English only. */
function phrasesOfTheHost(): string[] {
  const files = globSync('**/*.ts', { cwd: host }).filter(
    (file) => !/^cli[\\/]/.test(file) && !/\.(test|fixture)\.ts$/.test(file),
  );
  const literal =
    /(?:during(?: =|:)|#within\(|#during\(|(?:throwIfCancelled|pause)\([^;\n]*,) ?(?:`([^`]*)`|'([^']*)')/g;
  return files
    .flatMap((file) => [...read(file).matchAll(literal)])
    .map((match) => (match[1] ?? match[2] ?? '').replace(/\$\{[^}]*\}/g, '{name}'));
}

describe('what the host was doing, in German', () => {
  const tasks = /const work[^{]*\{([^}]*)\}/.exec(read('host/task-failure.ts'))?.[1] ?? '';
  const phrases = [...tasks.matchAll(/: '([^']+)'/g)].map((match) => match[1] ?? '');

  it('has the task of every wizard', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(8);
    expect(phrases.filter((phrase) => germanDuring[phrase] === undefined)).toEqual([]);
  });

  it('has every phrase of the rooms behind the host', () => {
    const found = [...new Set(phrasesOfTheHost())];
    expect(found).toContain('opening the port');
    expect(found).toContain('sending the {name} file');
    expect(found.filter((phrase) => germanDuring[phrase] === undefined)).toEqual([]);
  });

  it('has what was expected at the broker, and what was not allowed there', () => {
    const files = globSync('provisioning/broker/*.ts', { cwd: host }).filter(
      (file) => !/\.(test|fixture)\./.test(file),
    );
    const found = files.flatMap((file) => [...read(file).matchAll(/\b(?:expected|action): '([^']+)'/g)]);
    const said = [...new Set(found.map((match) => match[1] ?? ''))];
    expect(said).toContain('the birth message of the unit');
    expect(said).toContain('publish to');
    expect(said.filter((phrase) => germanDuring[phrase] === undefined)).toEqual([]);
  });

  it('puts the name where it belongs, and leaves what it does not know', () => {
    expect(duringWords(germanDuring, 'verifying /plumbline/rules.json')).toBe(
      'Verifizieren von /plumbline/rules.json',
    );
    expect(duringWords(germanDuring, 'sending the rules file')).toBe('Senden der Datei rules');
    expect(duringWords(germanDuring, 'carrying out the recipe (calibrate)')).toBe(
      'Ausführen des Rezepts, Kalibrieren',
    );
    expect(duringWords(germanDuring, 'doing something new')).toBe('doing something new');
  });
});
