import { describe, expect, it } from 'vitest';
import { Failure } from '../../../shared/contract/failure.ts';
import { bringIn, type Given } from './upload.ts';

const given = (bytes: Uint8Array<ArrayBuffer>): Given => {
  const blob = new Blob([bytes]);
  return { name: 'week.csv', size: blob.size, slice: (from, to) => blob.slice(from, to) };
};

function door() {
  const pieces: Buffer[] = [];
  const call = async (method: string, params: { at?: number; base64?: string }) => {
    if (method === 'recordings.upload') return { upload: 'u1' };
    const bytes = Buffer.from(params.base64 ?? '', 'base64');
    if (params.at !== pieces.reduce((sum, piece) => sum + piece.length, 0))
      throw new Failure('INTERNAL', { detail: 'order' });
    pieces.push(bytes);
    return { at: (params.at ?? 0) + bytes.length };
  };
  return { host: { call } as unknown as Parameters<typeof bringIn>[0], pieces };
}

describe('bringing a file in', () => {
  it('sends every byte once, in order, in pieces that the contract takes', async () => {
    const bytes = Uint8Array.from({ length: 1_200_000 }, (_, i) => (i * 7) % 251);
    const { host, pieces } = door();
    const progress: number[] = [];
    const upload = await bringIn(host, given(bytes), (at) => progress.push(at), new AbortController().signal);
    expect(upload).toBe('u1');
    expect(Buffer.concat(pieces).equals(Buffer.from(bytes))).toBe(true);
    expect(progress).toEqual([524_288, 1_048_576, 1_200_000]);
  });

  it('brings no empty file', async () => {
    const bringing = bringIn(door().host, given(new Uint8Array(0)), () => 0, new AbortController().signal);
    await expect(bringing).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('stops between two pieces when it is cancelled', async () => {
    const { host, pieces } = door();
    const cancel = new AbortController();
    const bringing = bringIn(host, given(new Uint8Array(2_000_000)), () => cancel.abort(), cancel.signal);
    await expect(bringing).rejects.toMatchObject({ name: 'AbortError' });
    expect(pieces.length).toBe(1);
  });
});
