import { Failure } from '../../shared/contract/failure.ts';
import type { WizardState } from '../../shared/contract/job.ts';
import type { ProvisionIntent, ProvisionState } from '../../shared/contract/provision.ts';
import type { Host } from '../host/host.ts';
import type { Context } from './command.ts';
import { Narrator } from './narrator.ts';

/** A provisioning that a command carries through, told as it goes. Stops with Ctrl-C. */
export class WizardFollower {
  readonly #host: Host;
  readonly #context: Pick<Context, 'signal' | 'say'>;
  readonly #id: string;
  readonly #offs: (() => void)[];
  #changed: () => void = () => undefined;

  constructor(host: Host, id: string, context: Pick<Context, 'signal' | 'say'>) {
    const narrator = new Narrator(context.say, () => performance.now());
    this.#host = host;
    this.#id = id;
    this.#context = context;
    this.#offs = [
      host.on('wizard.changed', (state) => {
        narrator.wizard(state);
        this.#changed();
      }),
      host.on('task.progress', (progress) => narrator.task(progress)),
    ];
  }

  /** Asks for it and resolves when what it started has ended. Throws what that failed with. */
  async act(intent: ProvisionIntent): Promise<ProvisionState> {
    await this.#host.call('wizard.act', { id: this.#id, action: { kind: 'provision', intent } });
    return this.settled();
  }

  async settled(): Promise<ProvisionState> {
    const { signal, say } = this.#context;
    const stop = (): void => {
      say('stopping');
      const action = { kind: 'provision', intent: { type: 'stop' } } as const;
      this.#host.call('wizard.act', { id: this.#id, action }).catch(() => this.#changed());
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      for (;;) {
        const changed = new Promise<void>((resolve) => {
          this.#changed = resolve;
        });
        const state = provisionOf(await this.#host.call('wizard.get', { id: this.#id }));
        if (state.failure) throw Failure.fromJSON(state.failure);
        if (state.task === null) return state;
        await changed;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    for (const off of this.#offs) off();
  }
}

function provisionOf(state: WizardState): ProvisionState {
  if (state.kind === 'provision') return state;
  throw new Failure('INTERNAL', { detail: `${state.id} provisions no unit` });
}
