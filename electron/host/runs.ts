import type { ParsedParams } from '../../shared/contract/contract.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { RunState } from '../../shared/contract/job.ts';
import { needsReference } from '../../shared/contract/recipe.ts';
import { certify, demandCertifiable } from './certify.ts';
import { demandStandard } from './demand-standard.ts';
import { numbered } from './queue-names.ts';
import { checkRecipe } from './recipes.ts';
import { buildReport } from './reports.ts';
import { runRecipe } from './run.ts';
import type { Services } from './services.ts';

/** The recipe that is under way, one at a time, and the last one's outcome. */
export class Runs {
  readonly #services: Services;
  readonly #isElsewhere: () => boolean;
  #state: RunState | null = null;
  #abort: AbortController | null = null;
  #running: Promise<unknown> = Promise.resolve();

  /** `isElsewhere`: whether recipes are under way that this one would disturb. */
  constructor(services: Services, isElsewhere: () => boolean) {
    this.#services = services;
    this.#isElsewhere = isElsewhere;
  }

  get running(): boolean {
    return this.#abort !== null;
  }

  state(): RunState | null {
    return this.#state;
  }

  start({ recipe, port, reference }: ParsedParams<'run.start'>): RunState {
    if (this.#abort || this.#isElsewhere())
      throw new Failure('STEP_BLOCKED', { detail: 'a recipe is under way' });
    const checked = checkRecipe(recipe, this.#services.profiles);
    if ('mistakes' in checked) throw new Failure('RECIPE_INVALID', { count: checked.mistakes.length });
    demandCertifiable(this.#services.store, checked.recipe);
    if (reference === null && needsReference(checked.recipe)) {
      throw new Failure('STEP_BLOCKED', { detail: 'the recipe measures, and no reference is named' });
    }
    const abort = new AbortController();
    this.#abort = abort;
    const listed = this.#services.ports().find((info) => info.port === port);
    const running = runRecipe({
      desk: this.#services.desk,
      recipe: checked.recipe,
      port: listed ?? { port, kind: 'serial', looksLike: 'unknown' },
      reference,
      standardOf: (named) => this.#services.standards.idOf(named),
      demandStandard: (...asked) => demandStandard(this.#services, ...asked),
      settingsOf: () => numbered(checked.recipe.provision, 1),
      signal: abort.signal,
      describe: (facts) => this.#services.describe(facts),
      buildReport: (unit, scope) => buildReport(this.#services, unit, scope),
      issueCertificate: (wizard, laboratory) => certify(this.#services, wizard, laboratory),
      changed: (state) => this.#changed(state),
    });
    this.#running = running.finally(() => {
      this.#abort = null;
    });
    if (!this.#state) throw new Failure('INTERNAL', { detail: 'the recipe did not start' });
    return this.#state;
  }

  stop(): RunState | null {
    this.#abort?.abort();
    return this.#state;
  }

  /** Resolves when nothing of a recipe is under way any more. */
  async ended(): Promise<void> {
    await this.#running;
  }

  #changed(state: RunState): void {
    this.#state = state;
    this.#services.emit('run.changed', state);
  }
}
