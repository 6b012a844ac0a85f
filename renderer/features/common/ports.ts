import type { PortInfo } from '../../../shared/contract/devices.ts';

/** What a port says of what is plugged into it, in one line. */
export function portWords(port: PortInfo): string {
  const names = [port.manufacturer, port.product].filter((text) => text !== undefined && text !== '');
  const usb = port.vendorId === undefined ? '' : `USB ${port.vendorId}:${port.productId ?? ''}`;
  return names.length > 0 ? names.join(' ') : usb;
}
