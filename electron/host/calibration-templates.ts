import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlanTemplate } from '../../shared/contract/calibration-plan.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { compareDecimal, measurands } from '../../shared/units/units.ts';

/** Every template of a calibration plan in `resources/calibrations`, by title. One that is not sound is a Failure. */
export async function loadTemplates(resources: string): Promise<PlanTemplate[]> {
  const directory = join(resources, 'calibrations');
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const templates = await Promise.all(names.map((name) => loadTemplate(join(directory, name))));
  return templates.sort((a, b) => (a.title < b.title ? -1 : 1));
}

async function loadTemplate(path: string): Promise<PlanTemplate> {
  try {
    const template = PlanTemplate.parse(JSON.parse(await readFile(path, 'utf8')));
    const mistake = mistakeIn(template);
    if (mistake !== null) throw new Error(mistake);
    return template;
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
}

/** What the schema cannot see. */
function mistakeIn({ measurands: named, shares, toleranceShare }: PlanTemplate): string | null {
  const unknown = named.find((measurand) => !Object.hasOwn(measurands, measurand));
  if (unknown !== undefined) return `there is no measurand ${unknown}`;
  const outside = shares.find((share) => compareDecimal(share, '0') < 0 || compareDecimal(share, '1') > 0);
  if (outside !== undefined) return `the share ${outside} is not between 0 and 1`;
  if (shares.some((share, i) => shares.slice(0, i).some((other) => compareDecimal(share, other) === 0))) {
    return 'a share is there twice';
  }
  return compareDecimal(toleranceShare, '0') > 0 ? null : 'the tolerance must be greater than 0';
}
