import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { Failure } from '../../shared/contract/failure.ts';
import { DeadBands, Template } from '../../shared/contract/rule-template.ts';

/** Rule templates of `resources/rules`, by file name, and where dead-bands start. Fails with FILE_UNREADABLE. */
export async function loadTemplates(
  resources: string,
): Promise<{ templates: Template[]; deadBands: DeadBands }> {
  const folder = join(resources, 'rules');
  const names = (await readdir(join(folder, 'templates'))).filter((name) => name.endsWith('.json')).sort();
  const [deadBands, ...templates] = await Promise.all([
    load(join(folder, 'dead-bands.json'), DeadBands),
    ...names.map((name) => load(join(folder, 'templates', name), Template)),
  ]);
  return { templates, deadBands };
}

async function load<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
}
