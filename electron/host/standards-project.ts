// What a door may do with a project's register of reference standards without a host.
import { withProject } from './configurations.ts';
import { loadBenchStandard, Standards } from './standards.ts';

export { importedStandards, standardName } from './standards-import.ts';

/** The register of a project that no other Plumbline has open. PROJECT_INVALID, PROJECT_IN_USE. */
export const withStandards = <T>(
  path: string,
  resources: string,
  work: (standards: Standards) => T,
): Promise<T> =>
  withProject(path, async (store) => {
    const bench = await loadBenchStandard(resources);
    return work(new Standards({ store, bench, isBenchAttached: false }));
  });
