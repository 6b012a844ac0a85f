import type { PortInfo } from '../../shared/contract/devices.ts';
import { listRealPorts } from '../host/tools.ts';
import type { Command } from './command.ts';

export const devicesCommand: Command = {
  name: 'devices',
  summary: 'list the ports of this computer; nothing is opened',
  example: 'plumb devices --json',
  run: async (_input, context) => {
    const ports = await listRealPorts();
    context.answer(ports, ports.length > 0 ? ports.map(line) : ['No ports were found.']);
    return 0;
  },
};

const taken: Readonly<Record<PortInfo['looksLike'], string>> = {
  unit: 'looks like a unit',
  reference: 'looks like a reference',
  unknown: 'unknown',
};

function line({
  port,
  looksLike,
  manufacturer,
  product,
  vendorId,
  productId,
  serialNumber,
}: PortInfo): string {
  const usb = vendorId && productId ? `USB ${vendorId}:${productId}` : undefined;
  const facts = [taken[looksLike], manufacturer, product, usb, serialNumber && `serial ${serialNumber}`];
  return `${port}  ${facts.filter(Boolean).join(', ')}`;
}
