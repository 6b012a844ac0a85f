import type { Laboratory } from '../../shared/contract/certificate.ts';
import type { EventPayload } from '../../shared/contract/contract.ts';
import type { Profile } from '../../shared/contract/profile.ts';
import type { ReferenceStandard } from '../../shared/contract/standards.ts';
import type { Connections } from '../drivers/connections.ts';
import type { SharedReferences } from '../drivers/shared-reference.ts';

/** What the tasks of a calibration work with. */
export interface CalibrationTools {
  connections: Connections;
  references: SharedReferences;
  profileOf: (unit: string) => Profile;
  /** Where a unit is now; `opened` is where it was when the wizard was opened. */
  portOf: (unit: string, opened: string) => string;
  /** The reason a person gave for taking the running reading at once. */
  overrideOf: (wizard: string) => string | null;
  /** What a person read from the reference and typed for the point under way. */
  typedOf: (wizard: string) => string | null;
  /** The register of reference standards, and the day by which their certificates are judged. */
  standards: {
    find(asked: { id: string } | { maker: string; model: string; serial: string }): ReferenceStandard | null;
    today(): string;
  };
  /** A channel of that unit has passed its calibration: another channel may be compared with it. */
  isCalibrated: (unit: string, channel: string) => boolean;
  laboratory: () => Pick<Laboratory, 'rounding' | 'floor'>;
  live: (update: EventPayload<'calibrate.live'>) => void;
}
