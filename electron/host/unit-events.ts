import type { Handlers } from './server.ts';
import { portOfUnit, type Services, unitOf } from './services.ts';

/** What a unit tells of itself over its line when somebody asks for it. */
export function unitEventHandlers(services: Services): Pick<Handlers, 'unit.events'> {
  const { connections } = services;
  return {
    'unit.events': async ({ unit }, client) => {
      const abort = new AbortController();
      client.onClose(() => abort.abort());
      const port = portOfUnit(services, unit, unitOf(services, unit).port);
      const link = await connections.agent(port, unit, abort.signal);
      return link.events();
    },
  };
}
