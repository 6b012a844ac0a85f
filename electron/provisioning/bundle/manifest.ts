import type { z } from 'zod';
import { BundleManifest, bundleLimits } from '../../../shared/contract/bundle.ts';
import { canonical } from '../../store/canonical-json.ts';
import { invalid } from './archive.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes that are signed: canonical JSON in UTF-8. */
export const manifestBytes = (manifest: BundleManifest): Buffer => Buffer.from(canonical(manifest), 'utf8');

/** BUNDLE_INVALID unless these are exactly the bytes that `manifestBytes` makes of a manifest within its limits. */
export function parseManifest(bytes: Uint8Array): BundleManifest {
  const { text, value } = read(bytes);
  const parsed = BundleManifest.safeParse(value);
  if (!parsed.success) throw invalid(`its manifest is wrong: ${mistakes(parsed.error)}`);
  // A second key of the same name, another order or a space would be read differently by another program.
  if (canonical(parsed.data) !== text) throw invalid('its manifest is not canonical JSON');
  return parsed.data;
}

/** A manifest that was put together here. BUNDLE_INVALID where the files do not fit into a bundle. */
export function checkManifest(manifest: BundleManifest): BundleManifest {
  const parsed = BundleManifest.safeParse(manifest);
  if (!parsed.success) throw invalid(mistakes(parsed.error));
  if (manifestBytes(parsed.data).length > bundleLimits.manifestBytes)
    throw invalid('its manifest is too large');
  return parsed.data;
}

function read(bytes: Uint8Array): { text: string; value: unknown } {
  try {
    const text = strict.decode(bytes);
    return { text, value: JSON.parse(text) };
  } catch {
    // The parser's words would quote what the file says.
    throw invalid('its manifest is not JSON');
  }
}

function mistakes(error: z.ZodError): string {
  const named = error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  return named.join('; ').slice(0, 400);
}
