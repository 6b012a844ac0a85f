import { describe, expect, it } from 'vitest';
import { circles } from './house/circles.ts';
import { certificateLook, dataTables, electronRoom, packages, rooms } from './house/rooms.ts';
import { importsOf, readSources, type Source } from './house/sources.ts';

const sources = readSources();
const product = sources.filter(({ path }) => /^(?:shared|electron|renderer)\//.test(path));
const isTest = (path: string): boolean => /\.(?:test|fixture)\.[a-z]+$/.test(path);
const isInside = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);
const roomOf = (path: string): string | undefined => Object.keys(rooms).find((room) => isInside(path, room));
const isOfRepository = (name: string): boolean => /^(?:shared|electron|renderer|test|resources)\//.test(name);

const arrows = (chosen: Source[]): [string, string][] =>
  chosen.flatMap(({ path, imports }) => imports.map((name): [string, string] => [path, name]));

describe('the rooms', () => {
  it('hold every source file', () => {
    const scripts = product.filter(({ path }) => /\.(?:ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'));
    expect(scripts.length).toBeGreaterThan(50);
    expect(scripts.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  it('import only along the arrows', () => {
    const against = arrows(product.filter(({ path }) => !isTest(path))).filter(([path, name]) => {
      if (!isOfRepository(name)) return false;
      const room = roomOf(path) ?? '';
      return ![room, ...(rooms[room] ?? [])].some((allowed) => isInside(name, allowed));
    });
    expect(against).toEqual([]);
  });

  it('have no circle, neither of rooms nor of files', () => {
    const files = new Map(product.map(({ path, imports }) => [path, imports.filter(isOfRepository)]));
    expect(circles(files)).toEqual([]);
    const between = new Map<string, Set<string>>(Object.keys(rooms).map((room) => [room, new Set()]));
    for (const [path, name] of arrows(product.filter(({ path: file }) => !isTest(file)))) {
      const target = roomOf(name);
      if (target !== undefined) between.get(roomOf(path) ?? '')?.add(target);
    }
    expect(circles(between)).toEqual([]);
  });

  it('use only the packages that can be there', () => {
    const wrong = arrows(product.filter(({ path }) => !isTest(path))).filter(
      ([path, name]) =>
        !isOfRepository(name) && packages.some(({ room, only }) => isInside(path, room) && !only.test(name)),
    );
    expect(wrong).toEqual([]);
  });

  it('leave Electron to the shell, and the host to the host', () => {
    const wrong = arrows(sources).filter(
      ([path, name]) =>
        (/^electron(?:\/main|\/renderer|\/common)?$/.test(name) && !isInside(path, electronRoom)) ||
        (isInside(path, 'renderer') && isInside(name, 'electron')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the files', () => {
  const written = sources.filter(({ path }) => /\.(?:ts|tsx|mjs|py|css)$/.test(path));
  const lines = ({ text }: Source): number => text.split('\n').length - 1;

  it('are short: none over 300 lines, half of them under 100', () => {
    const long = written.filter((source) => lines(source) > 300 && !dataTables.includes(source.path));
    expect(long.map((source) => `${source.path}: ${lines(source)}`)).toEqual([]);
    const sorted = written.map(lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100);
  });

  it('list no data table that is gone or short', () => {
    const needless = dataTables.filter((path) => !written.some((s) => s.path === path && lines(s) > 300));
    expect(needless).toEqual([]);
  });

  const places = (pattern: RegExp, chosen: Source[]): string[] =>
    chosen
      .filter(({ path }) => !isInside(path, 'test/house') && path !== 'test/house.test.ts')
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
      );

  it('name no folder of one person or machine', () => {
    expect(places(/(?:^|[^\w.])\/(?:home|Users|root|work)\/\w|[A-Z]:\\+Users/, sources)).toEqual([]);
  });

  it('leave nothing for later', () => {
    expect(places(/\b(?:TODO|FIXME|XXX|HACK)\b/, sources)).toEqual([]);
    expect(places(/\b(?:it|test|describe)\.(?:only|todo|fixme)\b/, sources)).toEqual([]);
  });

  it('never turn text into code or markup', () => {
    const scripts = product.filter(({ path }) => /\.tsx?$/.test(path));
    const danger =
      /\b(?:inner|outer)HTML\b|(?<![$.\w])eval\(|new Function\b|dangerouslySetInnerHTML|executeJavaScript/;
    expect(places(danger, scripts)).toEqual([]);
    expect(places(/child_process.*\bfork\b/, scripts)).toEqual([]);
  });

  it('verify every certificate, but for the look that only tells what is wrong with one', () => {
    const unverified = places(/rejectUnauthorized:\s*false/, product);
    expect(unverified.map((place) => place.split(':')[0])).toEqual([certificateLook]);
  });
});

describe('the checks themselves', () => {
  it('see every way to import', () => {
    const text = `import type { A } from './a.ts'; import '../b/b.ts'; export * from './c.ts'; export { d } from 'd';
      const e = await import('./e.ts'); type F = import('./f.ts').F; const g = "import('./g.ts')".length;`;
    const found = importsOf('electron/host/x.ts', text);
    const here = ['a', 'c', 'e', 'f'].map((name) => `electron/host/${name}.ts`);
    expect(found).toEqual(expect.arrayContaining([...here, 'electron/b/b.ts', 'd']));
  });

  it('see circles, and only circles', () => {
    const graph = (text: string) =>
      new Map(text.split(' ').map((pair): [string, string[]] => [pair[0] ?? '', pair.slice(1).split('')]));
    expect(circles(graph('ab bc c dab'))).toEqual([]);
    expect(circles(graph('ab bc ca db'))).toEqual([['a', 'b', 'c']]);
    expect(circles(graph('ab ba cd dc ec'))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});
