import { makeSigner, readVerifier } from '../host/dossier-tools.ts';
import { passphraseOption } from './bundle-passphrase.ts';
import { type Command, text } from './command.ts';
import { fingerprintLine, placeDossier } from './dossier-file.ts';
import { placeFile } from './folder.ts';
import { jobOf, jobOption } from './job-option.ts';
import { pathOf, resources } from './places.ts';
import { withHost } from './run-host.ts';
import { withVault } from './vault.ts';

const build: Command = {
  name: 'dossier build',
  summary: 'write everything that was issued in a job, its record and its evidence as one signed archive',
  options: [
    jobOption,
    { flags: '--out <file>', description: 'gets the dossier', required: true },
    { ...passphraseOption, description: 'opens the secrets of the project, where it keeps its key' },
  ],
  example: 'plumb dossier build --job commissioning/job.plumb --out pump-house.plumbz',
  run: async (input, context) => {
    const out = pathOf(text(input, 'out'));
    const place = { ports: [], jobPath: jobOf(input), input };
    const { facts, file } = await withHost(place, context, async (host) => {
      const made = await host.call('dossier.build', {});
      return { facts: made, file: await placeDossier(host, made, out) };
    });
    context.answer({ ok: true, file, signer: facts.signer, parts: facts.entries }, [
      `${file.path}: ${facts.entries} parts, ${file.size} bytes, sha256 ${file.sha256}`,
      fingerprintLine(facts.signer),
    ]);
    return 0;
  },
};

const key: Command = {
  name: 'dossier key',
  summary: 'show the key that signs the dossiers of a project; it is made where there is none',
  help: 'Without such a key each dossier is signed with one that is made for it alone. The secret half lies in the file with the secrets of the project, behind its passphrase.',
  options: [jobOption, passphraseOption],
  example: 'plumb dossier key --job commissioning/job.plumb',
  run: async (input, context) => {
    const jobPath = jobOf(input);
    const { fingerprint, publicKey } = await withVault(jobPath, input, context, (vault) =>
      makeSigner(jobPath, vault),
    );
    context.answer({ signer: fingerprint, publicKey }, [
      fingerprintLine(fingerprint),
      'Give this fingerprint to those who get dossiers of this project, by another way than the dossier.',
    ]);
    return 0;
  },
};

const verifier: Command = {
  name: 'dossier verifier',
  summary: 'write the page that verifies dossiers: one file, for any browser, without a network',
  options: [{ flags: '--out <file>', description: 'gets the page', required: true }],
  example: 'plumb dossier verifier --out verifier.html',
  run: async (input, context) => {
    const file = await placeFile(pathOf(text(input, 'out')), await readVerifier({ resources }));
    context.answer({ ok: true, file }, [`${file.path}: open it in a browser and put a dossier on it.`]);
    return 0;
  },
};

/** `plumb dossier …`: a job as one signed archive. */
export const dossierCommands: readonly Command[] = [build, key, verifier];
