import * as app from './app.ts';
import * as batch from './batch.ts';
import * as bench from './bench.ts';
import * as calibrate from './calibrate.ts';
import * as certificates from './certificates.ts';
import * as connect from './connect.ts';
import * as difference from './difference.ts';
import * as evaluation from './evaluation.ts';
import * as failures from './failures.ts';
import * as history from './history.ts';
import * as job from './job.ts';
import * as lab from './lab.ts';
import * as live from './live.ts';
import * as many from './many.ts';
import * as names from './names.ts';
import * as plan from './plan.ts';
import * as proof from './proof.ts';
import * as provision from './provision.ts';
import * as recordings from './recordings.ts';
import * as reference from './reference.ts';
import * as ruleWriting from './ruleWriting.ts';
import * as settings from './settings.ts';
import * as software from './software.ts';
import * as standards from './standards.ts';
import * as validate from './validate.ts';
import * as wizard from './wizard.ts';

/** The English catalogue; its keys are the type of every other. */
export const en = {
  ...app.en,
  ...batch.en,
  ...bench.en,
  ...calibrate.en,
  ...certificates.en,
  ...connect.en,
  ...difference.en,
  ...evaluation.en,
  ...failures.en,
  ...history.en,
  ...job.en,
  ...lab.en,
  ...live.en,
  ...many.en,
  ...names.en,
  ...plan.en,
  ...proof.en,
  ...provision.en,
  ...recordings.en,
  ...reference.en,
  ...ruleWriting.en,
  ...settings.en,
  ...software.en,
  ...standards.en,
  ...validate.en,
  ...wizard.en,
};

export const de = {
  ...app.de,
  ...batch.de,
  ...bench.de,
  ...calibrate.de,
  ...certificates.de,
  ...connect.de,
  ...difference.de,
  ...evaluation.de,
  ...failures.de,
  ...history.de,
  ...job.de,
  ...lab.de,
  ...live.de,
  ...many.de,
  ...names.de,
  ...plan.de,
  ...proof.de,
  ...provision.de,
  ...recordings.de,
  ...reference.de,
  ...ruleWriting.de,
  ...settings.de,
  ...software.de,
  ...standards.de,
  ...validate.de,
  ...wizard.de,
} satisfies typeof en;
