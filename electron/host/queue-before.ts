import { createHash } from 'node:crypto';
import type { UnitIdentity } from '../../shared/contract/devices.ts';
import type { ReportFacts, WizardState } from '../../shared/contract/job.ts';
import type { Recipe } from '../../shared/contract/recipe.ts';
import type { JobStore } from '../store/job-store.ts';
import { reportsOf } from './job.ts';

/** That a unit has passed a recipe, as the record keeps it. */
interface Passed {
  /** SHA-256 of the recipe as it was read. */
  recipe: string;
  tag: string;
  /** Id of its report. */
  report: string;
  /** The newest wizard that had worked on the unit by then. */
  wizard: string;
}

const kind = 'queue.passed';

const hashOf = (recipe: Recipe): string => createHash('sha256').update(JSON.stringify(recipe)).digest('hex');

const newestWork = (wizards: readonly WizardState[], unit: string): string =>
  wizards.findLast((wizard) =>
    wizard.kind === 'provision'
      ? wizard.unit?.hardwareId === unit && wizard.journal !== null
      : wizard.unit === unit,
  )?.id ?? '';

export interface Before {
  tag: string;
  report: ReportFacts;
}

/** What earlier queues of the same job have come to: a recipe that was cut short is begun again with the same job. */
export class QueueBefore {
  readonly #store: JobStore;
  readonly #wizards: () => readonly WizardState[];
  readonly #recipe: string;
  readonly #passed = new Map<string, Passed>();

  constructor(store: JobStore, wizards: () => readonly WizardState[], recipe: Recipe) {
    this.#store = store;
    this.#wizards = wizards;
    this.#recipe = hashOf(recipe);
    for (const { subject, body } of store.events({ kind })) this.#passed.set(subject, body as Passed);
  }

  get isEmpty(): boolean {
    return [...this.#passed.values()].every(({ recipe }) => recipe !== this.#recipe);
  }

  /** Null where the unit has not passed this very recipe, or is not as that left it. */
  find({ hardwareId, tag }: UnitIdentity): Before | null {
    const passed = this.#passed.get(hardwareId);
    if (passed?.recipe !== this.#recipe || passed.tag !== tag) return null;
    if (newestWork(this.#wizards(), hardwareId) !== passed.wizard) return null;
    const report = reportsOf(this.#store).find(({ id }) => id === passed.report);
    return report ? { tag, report } : null;
  }

  keep(unit: string, tag: string, report: ReportFacts): void {
    const wizard = newestWork(this.#wizards(), unit);
    const body: Passed = { recipe: this.#recipe, tag, report: report.id, wizard };
    this.#store.append({ kind, subject: unit, body });
  }

  /** The tag that each unit of this job was given last. */
  tags(): Map<string, string> {
    const tags = new Map<string, string>();
    for (const wizard of this.#wizards()) {
      if (wizard.kind === 'provision' && wizard.unit && wizard.settings)
        tags.set(wizard.unit.hardwareId, wizard.settings.tag);
    }
    return tags;
  }
}
