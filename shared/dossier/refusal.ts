/** Why a dossier is not as it was signed, and which part of it: thrown within this room only. */
export class Refusal extends Error {
  readonly part: string;

  constructor(part: string, reason: string) {
    super(reason);
    this.part = part;
  }
}

/** The part that is meant where it is none of those in it. */
export const wholeFile = 'the archive';
