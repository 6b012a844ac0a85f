import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../shared/contract/failure.ts';
import { Profile } from '../../shared/contract/profile.ts';

/** Every device profile in `resources/profiles`, by id. A profile that does not fit the schema is a Failure. */
export async function loadProfiles(resources: string): Promise<Map<string, Profile>> {
  const directory = join(resources, 'profiles');
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  const profiles = await Promise.all(names.map((name) => loadProfile(join(directory, name))));
  return new Map(profiles.map((profile) => [profile.id, profile]));
}

async function loadProfile(path: string): Promise<Profile> {
  try {
    return Profile.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
}
