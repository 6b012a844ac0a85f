import type { AccessPoint, HardwareCall } from './network-messages.ts';

/** `network.STAT_*` of the RP2 port (extmod/network_cyw43.c). */
const status = { idle: 0, connecting: 1, wrongPassword: -3, noNetwork: -2, gotAddress: 3 } as const;
/** How long joining takes: long enough that a program which does not wait for it fails. */
const joinMs = 150;

/** A board's two ways into the network: radio and cable. */
export class Radio {
  readonly #accessPoint: AccessPoint;
  /** False while the access point is gone and the cable is pulled. */
  readonly #reachable: () => boolean;
  #joining: { at: number; ssid: string; password: string } | null = null;
  #cable = false;

  constructor(accessPoint: AccessPoint, reachable: () => boolean) {
    this.#accessPoint = accessPoint;
    this.#reachable = reachable;
  }

  get up(): boolean {
    return this.#reachable() && (this.#cable || this.#status() === status.gotAddress);
  }

  #status(): number {
    if (!this.#joining) return status.idle;
    if (performance.now() - this.#joining.at < joinMs) return status.connecting;
    if (!this.#reachable() || this.#joining.ssid !== this.#accessPoint.ssid) return status.noNetwork;
    return this.#joining.password === this.#accessPoint.password ? status.gotAddress : status.wrongPassword;
  }

  calls(): Record<string, HardwareCall> {
    return {
      wifi_join: (ssid: string, password: string) => {
        this.#joining = { at: performance.now(), ssid, password };
        return 0;
      },
      wifi_leave: () => {
        this.#joining = null;
        return 0;
      },
      wifi_status: () => this.#status(),
      cable: (on: boolean) => {
        this.#cable = on;
        return 0;
      },
      cable_up: () => this.#cable && this.#reachable(),
    };
  }
}
