import type { labMethods } from '../../shared/contract/lab-methods.ts';
import { fileNameOf, lookInto, takeIn } from '../lab/lab.ts';
import { sourceOf } from './lab-sources.ts';
import type { Handlers } from './server.ts';
import { profileOfUnit, type Services } from './services.ts';

type Methods = Extract<keyof typeof labMethods, `recordings.${string}`>;

/** The contract's methods about recordings. */
export function recordingHandlers(services: Services): Pick<Handlers, Methods> {
  const { shelf, uploads, exports, thread, recorders, ending } = services.lab;
  return {
    'recordings.list': ({ unit }) => shelf.list(unit),
    'recordings.upload': async ({ name, size }) => ({ upload: await uploads.begin(name, size) }),
    'recordings.piece': async ({ upload, at, base64 }) => ({
      at: await uploads.piece(upload, at, Buffer.from(base64, 'base64')),
    }),
    'recordings.preview': ({ upload, unit, columns }) =>
      lookInto(uploads.whole(upload), profileOfUnit(services, unit).channels, columns, ending),
    'recordings.import': async ({ upload, unit, name, columns }) => {
      const { channels } = profileOfUnit(services, unit);
      const facts = await takeIn(shelf, uploads.whole(upload), { unit, name }, channels, columns, ending);
      await uploads.drop(upload);
      return facts;
    },
    'recordings.record': ({ unit, name }) => recorders.start(unit, name),
    'recordings.finish': ({ unit }) => recorders.finish(unit),
    'recordings.now': ({ unit }) => recorders.now(unit),
    'recordings.read': async ({ id, format, at }) => {
      const { facts, source } = sourceOf(services, { recording: id, faults: [], seed: 1 });
      const piece = await exports.piece(source.file, source.channels, format, at);
      return { name: fileNameOf(facts.name, format), ...piece };
    },
    'recordings.plot': ({ data, from, to, points }) =>
      thread.ask(sourceOf(services, data).source, 'plot', { from, to, points }),
  };
}
