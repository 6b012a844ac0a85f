import fc from 'fast-check';
import type { ConfigurationFiles } from './configuration-files.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const filesOf = (
  files: Record<string, string | Uint8Array>,
  secrets: string[] = [],
): ConfigurationFiles => ({
  files: new Map(
    Object.entries(files).map(([name, file]) => [name, typeof file === 'string' ? bytesOf(file) : file]),
  ),
  secrets,
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const few = <T>(...values: T[]) => fc.constantFrom(...values);

/** A channel with few values, so that two configurations have some of them alike. */
const channel = (id: string) =>
  fc.record({
    id: fc.constant(id),
    adc: few(26, 27),
    quantum: few('0.001', '0.01'),
    unit: fc.constant('degC'),
    oversample: few(1, 8),
    stale_ms: few(0, 2000),
  });

/** As the app writes one, in any order of keys and any spacing, with numbers in several spellings. */
export const config: fc.Arbitrary<string> = fc
  .record(
    {
      v: fc.constant(1),
      version: few(1, 2, 3),
      tag: few<string | number>('TT-1', 'TT-2', 'ä\u{1f600}', 5),
      asset: maybe(few('', 'A-1')),
      period_ms: few(50, 100, 1000),
      channels: fc
        .uniqueArray(few('t1', 't2', 'p1'), { maxLength: 3 })
        .chain((ids) => fc.tuple(...ids.map(channel))),
      mqtt: maybe(
        fc.record({ host: few('a', 'b'), port: few(1883, 8883), login: few('anonymous', 'password') }),
      ),
      net: maybe(
        fc.record({ kind: few('wifi', 'ethernet'), ip: few(null, { ip: '10.0.0.2' }, { ip: '10.0.0.3' }) }),
      ),
      site: maybe(fc.jsonValue({ maxDepth: 2 })),
    },
    { requiredKeys: ['v', 'version', 'tag', 'period_ms', 'channels'] },
  )
  .chain((value) =>
    fc
      .tuple(few(undefined, 1), few('', ' ', '\n'), few('100', '100.0', '1e2', '9007199254740993'))
      .map(([indent, tail, hundred]) =>
        `${JSON.stringify(shuffled(value), null, indent)}${tail}`.replaceAll(
          /(?<=: ?)100(?=[,}\s])/g,
          hundred,
        ),
      ),
  );

/** The keys in an order that follows from the values, which is another one for another configuration. */
const shuffled = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a, x], [b, y]) => (`${JSON.stringify(x)}${a}` < `${JSON.stringify(y)}${b}` ? -1 : 1)),
  );

const anyJson = fc.json({ maxDepth: 3 });
const line = fc.tuple(few(1, 2), few(0, -5), few(10, 20));
export const calibration: fc.Arbitrary<string> = fc
  .record({ v: fc.constant(1), version: few(1, 2), channels: fc.dictionary(few('t1', 't2', 'p1'), line) })
  .map((value) => JSON.stringify(value));

/** Whatever a unit may hold: sound, odd, or no JSON at all. */
const file = (sound: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array | undefined> =>
  fc.oneof(
    { weight: 6, arbitrary: sound.map(bytesOf) },
    { weight: 1, arbitrary: anyJson.map(bytesOf) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    {
      weight: 1,
      arbitrary: few('{"a":1,"a":1}', '\u{feff}{}', '{}', '[1]', '[1.0]', '', '{"\\ud800":1}').map(bytesOf),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

export const anyFiles: fc.Arbitrary<ConfigurationFiles> = fc
  .record({ 'config.json': file(config), 'calibration.json': file(calibration), 'rules.json': file(anyJson) })
  .map((files) => ({
    files: new Map(
      Object.entries(files).filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined),
    ),
    secrets: [],
  }));

/** Two that are often alike in places, and sometimes altogether. */
export const twoFiles = fc
  .tuple(anyFiles, anyFiles, fc.array(few('config.json', 'calibration.json', 'rules.json'), { maxLength: 3 }))
  .map(([a, b, alike]): [ConfigurationFiles, ConfigurationFiles] => {
    const files = new Map(b.files);
    for (const name of alike) {
      const bytes = a.files.get(name);
      if (bytes) files.set(name, Uint8Array.from(bytes));
      else files.delete(name);
    }
    return [a, { ...b, files }];
  });
