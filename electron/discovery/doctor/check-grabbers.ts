import { type Check, notApplicable, ok, possible, problem } from './check.ts';
import type { Facts, UsbDevice } from './facts.ts';
import { offer } from './fix.ts';
import { idsOf, nameOf } from './known-usb.ts';

// What a system does to ports by itself: rules, and services that take them.

const covered = ({ machine }: Facts, { vendorId, productId }: UsbDevice): boolean =>
  machine.udev.covers.some(
    (line) =>
      line.vendorId === vendorId && (line.productIds.length === 0 || line.productIds.includes(productId)),
  );

export const udevRule: Check = {
  id: 'udev-rule',
  linuxOnly: true,
  judge: (facts) => {
    const { machine, port } = facts;
    const { installed, running, rule } = machine.udev;
    if (!installed) return notApplicable('this system has no udev');
    if (!running) return notApplicable('udev does not run here (a container, or a small system)');
    if (port.node && !port.usb) return notApplicable(`${port.port} is not on USB; the rule is for USB`);
    if (port.usb && !covered(facts, port.usb)) {
      return notApplicable(`the rule has no line for USB ${idsOf(port.usb)}`);
    }
    if (rule?.same) return ok(`${rule.path} is ours`);
    const evidence = rule ? `${rule.path} is another version` : 'there is no 60-plumbline.rules';
    const remedy =
      'Install the rule: who sits at this computer may then open the port, and ModemManager keeps off. Plug the unit in again after it.';
    const refused = port.node !== null && !port.node.mayOpen;
    return (refused ? problem : possible)(evidence, remedy, offer('install-udev-rule', facts));
  },
};

export const modemManager: Check = {
  id: 'modem-manager',
  linuxOnly: true,
  judge: (facts) => {
    const { machine, port } = facts;
    const running = machine.processes.find(({ name }) => name === 'ModemManager');
    if (!running) return ok('no ModemManager runs');
    const evidence = `ModemManager runs (process ${running.pid})`;
    if (port.holders.some(({ pid }) => pid === running.pid)) {
      const remedy = 'Wait half a minute until it has given up, or "sudo systemctl stop ModemManager".';
      return problem(`${evidence} and holds ${port.port}`, remedy, offer('install-udev-rule', facts));
    }
    if (port.node && !port.usb) return ok(`${evidence}; ${port.port} is not on USB`);
    const told = machine.udev.rule?.same && (!port.usb || covered(facts, port.usb));
    if (told) return ok(`${evidence}; the udev rule keeps it off`);
    return possible(
      `${evidence}, and no rule of ours keeps it off`,
      'It sends AT commands to a port that was just plugged in. Install the udev rule, or wait half a minute after plugging in.',
      port.usb && !covered(facts, port.usb) ? undefined : offer('install-udev-rule', facts),
    );
  },
};

/** The bridges whose numbers Braille displays use as well: CH340 and CP210x. */
const sharedWithBraille = new Set(['1a86:7523', '10c4:ea60', '10c4:ea80']);

/** brltty takes an interface through usbfs, and the kernel's driver and its terminal are gone. */
const taken = (device: UsbDevice): boolean => device.interfaces.some(({ driver }) => driver === 'usbfs');

export const brltty: Check = {
  id: 'brltty',
  linuxOnly: true,
  judge: ({ machine, port }) => {
    if (!machine.brltty) return ok('brltty is not installed');
    const { path, claims } = machine.brltty;
    const devices = port.usb ? [port.usb] : port.node ? [] : (machine.usb ?? []);
    const shared = devices.filter((device) => sharedWithBraille.has(idsOf(device)));
    const [first] = shared;
    if (!first) return ok(`${path} is there; no CH340 or CP210x is concerned`);
    const remedy =
      'brltty takes these chips for a Braille display. Where nobody needs one: "sudo systemctl mask --now brltty-udev.service", or remove brltty; then plug the unit in again.';
    const grabbed = shared.find(taken);
    if (grabbed) return problem(`${path} is there, and ${nameOf(grabbed)} is claimed through usbfs`, remedy);
    const claimed = shared.find(({ vendorId, productId }) => claims.includes(`${vendorId}/${productId}`));
    if (claimed) return possible(`${path} claims ${nameOf(claimed)}`, remedy);
    return ok(`${path} is there and leaves ${nameOf(first)} alone`);
  },
};
