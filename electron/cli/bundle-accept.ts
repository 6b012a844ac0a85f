import { bundleFile } from '../host/bundles.ts';
import { acceptanceOf, acceptBundle, withProject } from '../host/configurations.ts';
import { overrideOf, overrideOptions } from './bundle-override.ts';
import type { Command } from './command.ts';
import { pathOf, resources, version } from './places.ts';
import { projectOf, projectOption } from './project.ts';

export const bundleAcceptCommand: Command = {
  name: 'bundle accept',
  summary: 'verify a bundle with the keys that a project trusts, and keep it for the units of that project',
  arguments: [{ name: 'bundle', description: 'the bundle' }],
  options: [projectOption, ...overrideOptions],
  example: 'plumb bundle accept agent-1.4.0.bundle --project job.plumb',
  run: async (input, context) => {
    const override = overrideOf(input);
    const path = pathOf(input.arguments[0] ?? '');
    const bundle = await withProject(projectOf(input) ?? '', async (store) =>
      acceptBundle(
        bundleFile(path, context.signal),
        await acceptanceOf(store, { resources, version }),
        override,
      ),
    );
    const { product, version: release, securityCounter } = bundle.manifest;
    context.answer({ ok: true, bundle }, [
      `${path}: ${product} ${release}, security counter ${securityCounter}, signed by ${bundle.key}.`,
      `Kept with the project as ${bundle.id}.`,
    ]);
    return 0;
  },
};
